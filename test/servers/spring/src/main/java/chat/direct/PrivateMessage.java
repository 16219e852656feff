package chat.direct;

import java.time.Instant;

public record PrivateMessage(String recipientId, String senderId, String content, Instant timestamp) {}
