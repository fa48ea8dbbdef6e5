package dev.signet.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.ReadOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TokenSessionTest {

    private final StillClock clock = new StillClock();
    private final BlockingQueue<ReadOutcome<Token>> answers = new LinkedBlockingQueue<>();
    private final Semaphore begun = new Semaphore(0);
    private final List<@Nullable String> claims = Collections.synchronizedList(new ArrayList<>());
    private final TokenSession session =
            new TokenSession(
                    asked -> {
                        claims.add(asked);
                        begun.release();
                        return answers.take();
                    },
                    clock);

    /** A token for an hour, to be renewed after forty minutes. */
    private ReadOutcome<Token> token(long generation) {
        return new ReadOutcome.Found<>(
                new Token(
                        "t" + generation,
                        clock.instant().plus(Duration.ofMinutes(60)),
                        clock.instant().plus(Duration.ofMinutes(40)),
                        generation));
    }

    @Test
    void oldTokenServesWhileTheNextOneIsFetched() throws Exception {
        ReadOutcome<Token> first = token(1);
        answers.put(first);
        assertThat(session.token()).isEqualTo(first);
        clock.forward(Duration.ofMinutes(39));
        assertThat(session.token()).isEqualTo(first);
        assertThat(claims).hasSize(1);
        clock.forward(Duration.ofMinutes(2));
        assertThat(session.token()).isEqualTo(first);
        begun.acquire(2);
        assertThat(session.token()).isEqualTo(first);
        assertThat(claims).hasSize(2);
        ReadOutcome<Token> second = token(2);
        answers.put(second);
        while (!session.token().equals(second)) {
            Thread.onSpinWait();
        }
        assertThat(claims).hasSize(2);
    }

    @Test
    void tokenServesOnWhereItsRenewalFails() throws Exception {
        ReadOutcome<Token> first = token(1);
        answers.put(first);
        session.token();
        clock.forward(Duration.ofMinutes(41));
        answers.put(new ReadOutcome.Denied<>("no"));
        session.token();
        begun.acquire(2);
        clock.forward(Duration.ofSeconds(10));
        assertThat(session.token()).isEqualTo(first);
    }

    @Test
    void loginThatFailsIsTriedAgainByTheNextReader() throws Exception {
        answers.put(new ReadOutcome.Denied<>("no"));
        assertThat(session.token()).isEqualTo(new ReadOutcome.Denied<>("no"));
        ReadOutcome<Token> first = token(1);
        answers.put(first);
        assertThat(session.token()).isEqualTo(first);
    }

    @Test
    void refusedTokenIsReplacedByOneThatMeetsTheClaims() throws Exception {
        answers.put(token(1));
        session.token();
        Token refused = session.current();
        ReadOutcome<Token> second = token(2);
        answers.put(second);
        assertThat(session.insteadOf(refused, "{\"access_token\":{}}")).isEqualTo(second);
        assertThat(session.insteadOf(refused, null)).isEqualTo(second);
        assertThat(claims).containsExactly(null, "{\"access_token\":{}}");
    }

    @Test
    void closedSessionLogsInNoMore() throws Exception {
        session.close();
        assertThat(session.token()).isInstanceOf(ReadOutcome.Unavailable.class);
        assertThat(claims).isEmpty();
    }
}
