package dev.signet.operator.sealedsecret.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BucketTest {

    private static final long SECOND = 1_000_000_000L;

    /** As Bitnami's controller has it by default. */
    private final Bucket bucket = Bucket.of(2, 2);

    @Test
    void takesOneMoreThanTheBurstAtOnce() {
        Bucket.Verdict first = bucket.ask(0, 0);
        Bucket.Verdict second = bucket.ask(first.emptyAt(), 0);
        Bucket.Verdict third = bucket.ask(second.emptyAt(), 0);
        Bucket.Verdict fourth = bucket.ask(third.emptyAt(), 0);

        assertThat(bucket.limit()).isEqualTo(3);
        assertThat(first.remaining()).isEqualTo(2);
        assertThat(second.remaining()).isEqualTo(1);
        assertThat(third.allowed()).isTrue();
        assertThat(third.remaining()).isZero();
        assertThat(fourth.allowed()).isFalse();
        assertThat(fourth.retry()).isEqualTo(SECOND / 2);
        assertThat(fourth.emptyAt()).isEqualTo(third.emptyAt());
    }

    @Test
    void fillsUpAgainWithTime() {
        Bucket.Verdict full = bucket.ask(3 * SECOND / 2, 0);
        assertThat(full.allowed()).isFalse();

        assertThat(bucket.ask(full.emptyAt(), SECOND / 2).allowed()).isTrue();
        assertThat(bucket.ask(full.emptyAt(), 10 * SECOND).remaining()).isEqualTo(2);
    }

    @Test
    void clockMayOverflow() {
        long now = Long.MAX_VALUE - SECOND / 4;

        Bucket.Verdict first = bucket.ask(now, now);

        assertThat(first.allowed()).isTrue();
        assertThat(bucket.ask(first.emptyAt(), now + SECOND).remaining()).isEqualTo(2);
    }

    @Test
    void callersDoNotUseUpEachOthersLimits() {
        RateLimits limits = new RateLimits(2, 2, () -> 0L);
        Caller busy = new Caller("10.0.0.1", "192.0.2.7");
        for (int i = 0; i < 5; i++) {
            limits.ask("/v1/verify", busy);
        }

        assertThat(limits.ask("/v1/verify", busy).allowed()).isFalse();
        assertThat(limits.ask("/v1/rotate", busy).allowed()).isTrue();
        assertThat(limits.ask("/v1/verify", new Caller("10.0.0.1", "192.0.2.8")).allowed())
                .isTrue();
    }

    @Test
    void callersThatAPodMakesUpAreBoundedTogetherAndDoNotStarveOthers() {
        RateLimits limits = new RateLimits(20, 40, () -> 0L);
        int allowed = 0;
        for (int i = 0; i < 100_000; i++) {
            Caller madeUp = new Caller("10.0.0.66", "forged-" + i);
            allowed += limits.ask("/v1/verify", madeUp).allowed() ? 1 : 0;
        }

        assertThat(allowed).isLessThan(1_000);
        assertThat(limits.size()).isLessThan(1_010);
        assertThat(limits.ask("/v1/verify", new Caller("10.0.0.1", "192.0.2.8")).allowed())
                .isTrue();
    }

    @Test
    void memoryIsBoundedHoweverManySourcesThereAre() {
        AtomicLong time = new AtomicLong();
        RateLimits limits = new RateLimits(20, 40, time::get);
        for (int i = 0; i < 50_000; i++) {
            limits.ask("/v1/verify", new Caller("source-" + i, "caller-" + i));
            time.addAndGet(1_000);
        }

        assertThat(limits.size()).isLessThanOrEqualTo(20_000);
    }
}
