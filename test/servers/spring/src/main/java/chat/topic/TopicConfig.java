package chat.topic;

import chat.BrokerProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** One public room: SEND to /app/chat.sendMessage, SUBSCRIBE to /topic/public. */
@Configuration
@Profile("topic")
@EnableWebSocketMessageBroker
public class TopicConfig implements WebSocketMessageBrokerConfigurer {
    private final BrokerProperties broker;

    public TopicConfig(BrokerProperties broker) {
        this.broker = broker;
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        // Otherwise the messages of one person may overtake each other.
        registry.setPreserveReceiveOrder(true);
        registry.addEndpoint("/ws").withSockJS();
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setPreservePublishOrder(true);
        registry.setApplicationDestinationPrefixes("/app");
        broker.serve(registry, "/topic");
    }
}
