package chat.rooms;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** POST /login {"username": "지우"} answers {"token": "…"}. A real server would check a password here. */
@RestController
@Profile("rooms")
public class LoginController {
    public record Login(String username) {}

    public record Token(String token) {}

    private final Tokens tokens;

    public LoginController(Tokens tokens) {
        this.tokens = tokens;
    }

    @PostMapping("/login")
    public Token login(@RequestBody Login login) {
        return new Token(tokens.issue(login.username()));
    }
}
