package chat.rooms;

import chat.BrokerProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Rooms behind a login: SEND to /pub/chat/message, SUBSCRIBE to /sub/chat/room/{id}, a JWT in CONNECT. */
@Configuration
@Profile("rooms")
@EnableWebSocketMessageBroker
public class RoomsConfig implements WebSocketMessageBrokerConfigurer {
    private final BrokerProperties broker;
    private final RoomsProperties rooms;
    private final TokenInterceptor tokens;

    public RoomsConfig(BrokerProperties broker, RoomsProperties rooms, TokenInterceptor tokens) {
        this.broker = broker;
        this.rooms = rooms;
        this.tokens = tokens;
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        // Otherwise the messages of one person may overtake each other.
        registry.setPreserveReceiveOrder(true);
        registry.addEndpoint("/ws-stomp");
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setPreservePublishOrder(true);
        registry.setApplicationDestinationPrefixes("/pub");
        broker.serve(registry, rooms.brokerPrefix());
    }

    @Override
    public void configureClientInboundChannel(ChannelRegistration registration) {
        registration.interceptors(tokens);
    }
}
