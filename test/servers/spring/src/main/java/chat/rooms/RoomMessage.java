package chat.rooms;

import java.time.LocalDateTime;

/** The time is that of the server, and names no zone. */
public record RoomMessage(Type type, String roomId, String sender, String message, LocalDateTime time) {
    public enum Type { ENTER, TALK, QUIT }
}
