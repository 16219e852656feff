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
        // Keeps the messages of a person in order. setPreserveReceiveOrder(true) would do so as well, but it swallows what
        // the interceptor throws: a refused CONNECT gets no ERROR, and the connection stays open in silence.
        registration.taskExecutor().corePoolSize(1).maxPoolSize(1);
    }
}
