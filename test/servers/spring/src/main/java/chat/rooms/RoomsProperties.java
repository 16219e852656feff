package chat.rooms;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param prefix       of the destinations of rooms: /sub/chat/room/ or /topic/chat.room.
 * @param tokenSeconds how long a token is valid
 */
@ConfigurationProperties("rooms")
public record RoomsProperties(String prefix, int tokenSeconds) {

    String destination(String roomId) {
        return prefix + roomId;
    }

    /** The first part of the destinations: /sub or /topic. */
    String brokerPrefix() {
        return prefix.substring(0, prefix.indexOf('/', 1));
    }

    Duration tokenLifetime() {
        return Duration.ofSeconds(tokenSeconds);
    }
}
