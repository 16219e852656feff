package chat.direct;

import chat.BrokerProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Messages to one person: SEND to /app/chat, SUBSCRIBE to /user/queue/messages. */
@Configuration
@Profile("direct")
@EnableWebSocketMessageBroker
public class DirectConfig implements WebSocketMessageBrokerConfigurer {
    private final BrokerProperties broker;

    public DirectConfig(BrokerProperties broker) {
        this.broker = broker;
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        // Otherwise the messages of one person may overtake each other.
        registry.setPreserveReceiveOrder(true);
        registry.addEndpoint("/ws");
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setPreservePublishOrder(true);
        registry.setApplicationDestinationPrefixes("/app");
        registry.setUserDestinationPrefix("/user");
        broker.serve(registry, "/queue");
    }

    @Override
    public void configureClientInboundChannel(ChannelRegistration registration) {
        registration.interceptors(new LoginInterceptor());
    }

    /** The `login` of CONNECT is the person. A real server would check the `passcode`. */
    private static class LoginInterceptor implements ChannelInterceptor {
        @Override
        public Message<?> preSend(Message<?> message, MessageChannel channel) {
            StompHeaderAccessor frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
            if (frame != null && frame.getCommand() == StompCommand.CONNECT) {
                String login = frame.getLogin();
                frame.setUser(() -> login);
            }
            return message;
        }
    }
}
