package dev.signet.operator.sealedsecret.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.sealedsecret.KeyOrder;
import dev.signet.operator.sealedsecret.KeySettings;
import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.UnsealingKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyReaderTest {

    private static final UnsealingKey MARCH = key("2026-03-01T00:00:00Z");
    private static final UnsealingKey APRIL = key("2026-04-01T00:00:00Z");

    private final KeyReader reader = new KeyReader(KeySettings.DEFAULTS);

    static UnsealingKey key(String start) {
        Clock clock = Clock.fixed(Instant.parse(start), ZoneOffset.UTC);
        return new KeyGenerator(clock, new SecureRandom())
                .generate("key", 2048, Duration.ofDays(30), "");
    }

    private static Secret secret(String name, String created, UnsealingKey key) {
        return new SecretBuilder(KeySecrets.write(key, "kube-system", KeySettings.DEFAULTS))
                .editMetadata()
                .withName(name)
                .withUid("uid-of-" + name)
                .withResourceVersion("1")
                .withCreationTimestamp(created)
                .endMetadata()
                .build();
    }

    private static Secret labelled(Secret secret, String value) {
        return new SecretBuilder(secret)
                .editMetadata()
                .withLabels(Map.of(KeySecrets.LABEL, value))
                .endMetadata()
                .build();
    }

    private static Secret with(Secret secret, String field, String text) {
        return new SecretBuilder(secret)
                .addToData(
                        field,
                        Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private List<String> names(Secret... secrets) {
        return reader.read(List.of(secrets)).ring().names();
    }

    @Test
    void theStartOfItsCertificateMakesAKeyTheNewest() {
        Secret old = secret("old", "2026-09-01T00:00:00Z", MARCH);
        Secret recent = secret("recent", "2026-08-01T00:00:00Z", APRIL);

        KeyReader.Reading reading = reader.read(List.of(old, recent));

        assertThat(reading.ring().names()).containsExactly("recent", "old");
        assertThat(reading.newest()).contains(Instant.parse("2026-04-01T00:00:00Z"));
    }

    @Test
    void theCreationOfItsSecretMakesAKeyTheNewestIfThatIsAskedFor() {
        KeySettings defaults = KeySettings.DEFAULTS;
        KeyReader byCreation =
                new KeyReader(
                        new KeySettings(
                                defaults.prefix(),
                                defaults.bits(),
                                defaults.life(),
                                "",
                                defaults.renewPeriod(),
                                KeyOrder.SECRET_CREATION_TIMESTAMP,
                                null,
                                Map.of(),
                                Map.of(),
                                ""));

        KeyReader.Reading reading =
                byCreation.read(
                        List.of(
                                secret("made-later", "2026-09-01T00:00:00Z", MARCH),
                                secret("made-earlier", "2026-08-01T00:00:00Z", APRIL)));

        assertThat(reading.ring().names()).containsExactly("made-later", "made-earlier");
        assertThat(reading.newest()).contains(Instant.parse("2026-09-01T00:00:00Z"));
    }

    @Test
    void keyWithAnotherLabelIsNotUsed() {
        Secret used = secret("used", "2026-08-01T00:00:00Z", MARCH);
        Secret other = secret("other", "2026-08-01T00:00:00Z", APRIL);

        assertThat(names(used, labelled(other, "compromised"))).containsExactly("used");
    }

    @Test
    void secretOfExactlyThePrefixNeedsNoLabelButMayNotHaveAnother() {
        Secret legacy = secret("sealed-secrets-key", "2026-08-01T00:00:00Z", MARCH);
        Secret bare =
                new SecretBuilder(legacy).editMetadata().withLabels(Map.of()).endMetadata().build();
        Secret foreign =
                new SecretBuilder(bare).editMetadata().withName("tls").endMetadata().build();

        assertThat(names(bare, foreign)).containsExactly("sealed-secrets-key");
        assertThat(names(labelled(legacy, "compromised"))).isEmpty();
    }

    @Test
    void oneKeyInTwoSecretsIsUsedOnce() {
        assertThat(
                        names(
                                secret("b", "2026-08-01T00:00:00Z", MARCH),
                                secret("a", "2026-08-01T00:00:00Z", MARCH)))
                .containsExactly("a");
    }

    @Test
    void brokenKeysAreLeftOutAndToldOnceWithoutTheirText() throws GeneralSecurityException {
        Secret good = secret("good", "2026-08-01T00:00:00Z", MARCH);
        Secret newest = secret("newest", "2026-08-01T00:00:00Z", APRIL);
        List<Secret> secrets =
                List.of(
                        good,
                        named("garbage", with(newest, "tls.key", "c4n4ry")),
                        named("mixed", with(newest, "tls.crt", MARCH.certificate().pem())),
                        named("elliptic", with(newest, "tls.key", ellipticKey())),
                        named("without-key", with(newest, "tls.key", "")),
                        named("empty", new SecretBuilder(newest).withData(null).build()));

        KeyReader.Reading first = reader.read(secrets);
        KeyReader.Reading second = reader.read(secrets);

        assertThat(first.ring().names()).containsExactly("good");
        assertThat(first.broken())
                .extracting(broken -> broken.secret().getMetadata().getName())
                .containsExactlyInAnyOrder("garbage", "mixed", "elliptic", "without-key", "empty");
        assertThat(first.broken())
                .extracting(KeyReader.Broken::why)
                .allMatch(why -> !why.isBlank())
                .noneMatch(why -> why.contains("c4n4ry"));
        assertThat(second.broken()).isEmpty();
        assertThat(second.ring().names()).containsExactly("good");
    }

    @Test
    void repairedKeyIsUsed() {
        Secret good = secret("key", "2026-08-01T00:00:00Z", MARCH);
        assertThat(names(with(good, "tls.key", "garbage"))).isEmpty();

        Secret repaired =
                new SecretBuilder(good)
                        .editMetadata()
                        .withResourceVersion("2")
                        .endMetadata()
                        .build();

        assertThat(names(repaired)).containsExactly("key");
    }

    private static Secret named(String name, Secret secret) {
        return new SecretBuilder(secret)
                .editMetadata()
                .withName(name)
                .withUid("uid-of-" + name)
                .endMetadata()
                .build();
    }

    private static String ellipticKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        String text =
                Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    }
}
