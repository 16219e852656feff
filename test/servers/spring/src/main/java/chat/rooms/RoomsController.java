package chat.rooms;

import java.security.Principal;
import java.time.LocalDateTime;
import org.springframework.context.annotation.Profile;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.stereotype.Controller;

@Controller
@Profile("rooms")
public class RoomsController {
    private final SimpMessagingTemplate messages;
    private final RoomsProperties rooms;

    public RoomsController(SimpMessagingTemplate messages, RoomsProperties rooms) {
        this.messages = messages;
        this.rooms = rooms;
    }

    @MessageMapping("/chat/message")
    public void message(@Payload RoomMessage sent, Principal user) {
        RoomMessage message = new RoomMessage(
                sent.type(), sent.roomId(), user.getName(), sent.message(), LocalDateTime.now());
        messages.convertAndSend(rooms.destination(sent.roomId()), message);
    }
}
