package chat.rooms;

import io.jsonwebtoken.Jwts;
import java.time.Instant;
import java.util.Date;
import javax.crypto.SecretKey;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Signed tokens that name a person. The key is new at each start, so that a restart ends all tokens. */
@Component
@Profile("rooms")
public class Tokens {
    private final SecretKey key = Jwts.SIG.HS256.key().build();
    private final RoomsProperties rooms;

    public Tokens(RoomsProperties rooms) {
        this.rooms = rooms;
    }

    public String issue(String username) {
        return Jwts.builder()
                .subject(username)
                .expiration(Date.from(Instant.now().plus(rooms.tokenLifetime())))
                .signWith(key)
                .compact();
    }

    /**
     * @return the person's name
     * @throws io.jsonwebtoken.JwtException for a token that is expired or not ours
     */
    public String check(String token) {
        return Jwts.parser().verifyWith(key).build().parseSignedClaims(token).getPayload().getSubject();
    }
}
