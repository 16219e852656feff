package chat.direct;

import java.security.Principal;
import java.time.Instant;
import org.springframework.context.annotation.Profile;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

@Controller
@Profile("direct")
public class DirectController {
    private static final String MESSAGES = "/queue/messages";

    private final SimpMessagingTemplate messages;

    public DirectController(SimpMessagingTemplate messages) {
        this.messages = messages;
    }

    /** To the recipient, and to the other devices of the sender. */
    @MessageMapping("/chat")
    public void chat(@Payload PrivateMessage sent, Principal user) {
        PrivateMessage message =
                new PrivateMessage(sent.recipientId(), user.getName(), sent.content(), Instant.now());
        messages.convertAndSendToUser(sent.recipientId(), MESSAGES, message);
        messages.convertAndSendToUser(user.getName(), MESSAGES, message);
    }

    @MessageExceptionHandler
    @SendToUser("/queue/errors")
    public String refused(Exception exception) {
        return exception.getMessage();
    }
}
