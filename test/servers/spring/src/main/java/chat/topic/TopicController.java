package chat.topic;

import chat.topic.ChatMessage.Type;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

@Controller
@Profile("topic")
public class TopicController {
    private final SimpMessagingTemplate messages;

    public TopicController(SimpMessagingTemplate messages) {
        this.messages = messages;
    }

    @MessageMapping("/chat.sendMessage")
    @SendTo("/topic/public")
    public ChatMessage sendMessage(@Payload ChatMessage message) {
        return message;
    }

    @MessageMapping("/chat.addUser")
    @SendTo("/topic/public")
    public ChatMessage addUser(@Payload ChatMessage message, SimpMessageHeaderAccessor headers) {
        headers.getSessionAttributes().put("username", message.sender());
        return message;
    }

    @EventListener
    public void left(SessionDisconnectEvent event) {
        Map<String, Object> session = SimpMessageHeaderAccessor.wrap(event.getMessage()).getSessionAttributes();
        if (session != null && session.get("username") instanceof String username) {
            messages.convertAndSend("/topic/public", new ChatMessage(Type.LEAVE, username, ""));
        }
    }
}
