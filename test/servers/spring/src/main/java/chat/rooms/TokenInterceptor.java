package chat.rooms;

import io.jsonwebtoken.JwtException;
import org.springframework.context.annotation.Profile;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.stereotype.Component;

/** Checks the token of CONNECT, and keeps everybody out of the rooms whose name begins with "secret". */
@Component
@Profile("rooms")
public class TokenInterceptor implements ChannelInterceptor {
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;
    private final RoomsProperties rooms;

    public TokenInterceptor(Tokens tokens, RoomsProperties rooms) {
        this.tokens = tokens;
        this.rooms = rooms;
    }

    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        StompHeaderAccessor frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
        if (frame == null || frame.getCommand() == null) {
            return message;
        }
        if (frame.getCommand() == StompCommand.CONNECT) {
            String username = usernameOf(frame.getFirstNativeHeader("Authorization"));
            frame.setUser(() -> username);
        }
        if (frame.getCommand() == StompCommand.SUBSCRIBE
                && frame.getDestination() != null
                && frame.getDestination().startsWith(rooms.destination("secret"))) {
            throw new MessagingException("This room is not for you");
        }
        return message;
    }

    private String usernameOf(String authorization) {
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            throw new MessagingException("CONNECT needs a token");
        }
        try {
            return tokens.check(authorization.substring(SCHEME.length()));
        } catch (JwtException invalid) {
            throw new MessagingException("The token is expired or invalid", invalid);
        }
    }
}
