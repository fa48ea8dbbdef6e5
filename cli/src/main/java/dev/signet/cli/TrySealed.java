package dev.signet.cli;

import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretCondition;
import dev.signet.operator.SignetOperator;
import dev.signet.operator.sealedsecret.SealedSecretsConfig;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealingCertificate;
import dev.signet.sealed.UnsealingKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Sealed values and no server but the control plane: a SealedSecret becomes a Secret, cannot be
 * moved, and is read by the ExternalSecret that reads Vault in the other play.
 */
final class TrySealed implements TryPlay {

    private static final String SEALED = "database";
    private static final String MOVED = "moved";
    private static final String SECRET = "database-login";

    @Override
    public void play(TryStage stage) throws Exception {
        Steps steps = stage.steps();
        SignetOperator operator =
                stage.open(config ->
                        config.withSealedSecrets(
                                SealedSecretsConfig.DEFAULTS.inHome(stage.namespace())));
        stage.await("no sealing key was made", () -> newest(operator).isPresent());
        UnsealingKey key = newest(operator).orElseThrow();
        steps.done("sealing key", key.name() + ", " + key.fingerprint());
        String password = "first-" + TryStage.randomWord(4);
        String sealed = seal(stage, key.certificate(), password);
        steps.done(
                "sealed",
                "password=%s became %s... (%d characters)"
                        .formatted(password, sealed.substring(0, 8), sealed.length()));
        apply(stage, SEALED, sealed);
        steps.done("applied", "SealedSecret " + SEALED);
        String unsealed = stage.awaitPassword(SEALED, "", () -> condition(stage, SEALED));
        steps.done("unsealed", "%s/%s password=%s".formatted(stage.namespace(), SEALED, unsealed));
        showThatItCannotBeMoved(stage, sealed);
        stage.apply("sealed.yaml", Map.of());
        stage.apply("externalsecret.yaml", Map.of("STORE", "sealed"));
        steps.done("applied", "SecretStore sealed, ExternalSecret " + SEALED);
        String first = stage.awaitPassword(SECRET, "", () -> stage.externalSecretCondition(SEALED));
        steps.done(
                "Secret appeared", "%s/%s password=%s".formatted(stage.namespace(), SECRET, first));
        rotate(stage, key.certificate(), first);
    }

    private static void rotate(TryStage stage, SealingCertificate certificate, String first)
            throws Exception {
        Steps steps = stage.steps();
        String rotated = "second-" + TryStage.randomWord(4);
        apply(stage, SEALED, seal(stage, certificate, rotated));
        Duration written = steps.elapsed();
        steps.done("sealed anew", "password=" + rotated);
        String followed =
                stage.awaitPassword(SECRET, first, () -> stage.externalSecretCondition(SEALED));
        if (!followed.equals(rotated)) {
            throw new CommandFailedException(
                    "the Secret changed, but not to the new value; run again with --keep and look at it");
        }
        steps.done(
                "Secret followed",
                "password=%s, %.1f s after it was sealed anew"
                        .formatted(followed, Steps.seconds(steps.elapsed().minus(written))));
    }

    private static void showThatItCannotBeMoved(TryStage stage, String sealed) throws Exception {
        apply(stage, MOVED, sealed);
        stage.await(
                "a SealedSecret under another name was not looked at",
                () -> found(stage, MOVED).isPresent());
        SealedSecretCondition condition = found(stage, MOVED).orElseThrow();
        if (condition.isTrue()) {
            throw new CommandFailedException(
                    "a value was opened under another name than that which it was sealed for");
        }
        stage.steps()
                .done(
                        "under another name",
                        condition.message().lines().findFirst().orElse("not opened"));
    }

    @Override
    public String hint(String namespace) {
        return """
          kubectl -n %1$s get sealedsecrets
          kubectl -n %1$s get configmap sealed-secrets-certificate -o jsonpath='{.data.cert\\.pem}' >cert.pem
          kubectl -n %1$s create secret generic database --from-literal=password=another --dry-run=client -o yaml |
            ./signet seal --cert cert.pem --format yaml | kubectl apply -f -\
        """
                .formatted(namespace);
    }

    @Override
    public void close() {
        // The stage is all that it has.
    }

    private static Optional<UnsealingKey> newest(SignetOperator operator) {
        return operator.sealingKeys().current().newest();
    }

    private static String seal(TryStage stage, SealingCertificate certificate, String password) {
        return certificate.seal(
                SecretValue.ofUtf8(password),
                Scope.STRICT.label(stage.namespace(), SEALED),
                new SecureRandom());
    }

    private static void apply(TryStage stage, String name, String sealed) throws Exception {
        stage.apply("sealedsecret.yaml", Map.of("NAME", name, "PASSWORD", sealed));
    }

    private static String condition(TryStage stage, String name) {
        return found(stage, name)
                .map(SealedSecretCondition::message)
                .orElse("the SealedSecret has no condition");
    }

    private static Optional<SealedSecretCondition> found(TryStage stage, String name) {
        SealedSecret sealed =
                stage.client()
                        .resources(SealedSecret.class)
                        .inNamespace(stage.namespace())
                        .withName(name)
                        .get();
        return sealed == null || sealed.getStatus() == null
                ? Optional.empty()
                : sealed.getStatus().condition(SealedSecretCondition.SYNCED);
    }
}
