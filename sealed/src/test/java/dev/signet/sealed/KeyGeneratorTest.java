package dev.signet.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.SecretValue;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyGeneratorTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private final KeyGenerator generator =
            new KeyGenerator(Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());

    @ParameterizedTest
    @ValueSource(strings = {"", "signet.example"})
    void aNewKeyIsReadBackFromWhatIsStored(String commonName) throws Exception {
        UnsealingKey made = generator.generate("k", 2048, Duration.ofDays(3650), commonName);

        UnsealingKey read = UnsealingKey.parse("k", made.privateKeyPem(), made.certificate().pem());

        assertThat(read.fingerprint()).isEqualTo(made.fingerprint());
        assertThat(read.certificate().notBefore()).isEqualTo(NOW);
        assertThat(read.certificate().notAfter()).isEqualTo(NOW.plus(Duration.ofDays(3650)));
        assertThat(read.privateKeyPem()).isEqualTo(made.privateKeyPem());
    }

    @Test
    void whatIsSealedWithTheCertificateOpensWithTheKey() throws Exception {
        UnsealingKey key = generator.generate("k", 2048, Duration.ofDays(1), "");
        String sealed =
                key.certificate()
                        .seal(
                                SecretValue.ofUtf8("pässwörd"),
                                Scope.STRICT.label("ns", "n"),
                                new SecureRandom());

        try (Opener opener = new Opener()) {
            Opened opened =
                    opener.open(
                            new SealedItems("ns", "n", Scope.STRICT, Map.of("a", sealed)),
                            new KeyRing(List.of(key)));

            assertThat(opened)
                    .isEqualTo(
                            new Opened.Values(
                                    Map.of("a", SecretValue.ofUtf8("pässwörd")),
                                    Set.of(key.fingerprint())));
        }
    }
}
