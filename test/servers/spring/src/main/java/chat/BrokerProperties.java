package chat;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.util.StringUtils;

/** Where messages are delivered: in this application, or by a STOMP broker such as RabbitMQ. */
@ConfigurationProperties("broker")
public record BrokerProperties(String relayHost, int relayPort, String login, String passcode) {

    /** Has the destinations with these prefixes served by the broker. */
    public void serve(MessageBrokerRegistry registry, String... prefixes) {
        if (StringUtils.hasText(relayHost)) {
            registry.enableStompBrokerRelay(prefixes)
                    .setRelayHost(relayHost)
                    .setRelayPort(relayPort)
                    .setSystemLogin(login)
                    .setSystemPasscode(passcode)
                    .setClientLogin(login)
                    .setClientPasscode(passcode)
                    .setVirtualHost("/");
        } else {
            registry.enableSimpleBroker(prefixes);
        }
    }
}
