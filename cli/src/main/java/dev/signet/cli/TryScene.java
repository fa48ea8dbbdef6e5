package dev.signet.cli;

import dev.signet.operator.sealedsecret.SealedSecretsConfig;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.Map;

/** A value in a backend, from the login to the rotated value. */
final class TryScene implements TryPlay {

    private static final String SECRET = "database-login";
    private static final String READER = "database";

    private final TryBackend backend;

    TryScene(TryBackend backend) {
        this.backend = backend;
    }

    @Override
    public void play(TryStage stage) throws Exception {
        Steps steps = stage.steps();
        steps.done(backend.kind(), backend.place());
        stage.open(config -> config.withSealedSecrets(SealedSecretsConfig.OFF));
        String password = "first-" + TryStage.randomWord(4);
        backend.prepare(password);
        steps.done("value in " + backend.name(), backend.key() + " password=" + password);
        apply(stage);
        String first = await(stage, "");
        steps.done(
                "Secret appeared", "%s/%s password=%s".formatted(stage.namespace(), SECRET, first));
        String rotated = "second-" + TryStage.randomWord(4);
        backend.rotate(rotated);
        Duration written = steps.elapsed();
        steps.done("rotated in " + backend.name(), "password=" + rotated);
        String followed = await(stage, first);
        if (!followed.equals(rotated)) {
            throw new CommandFailedException(
                    "the Secret changed, but not to the rotated value; run again with --keep and look at it");
        }
        steps.done(
                "Secret followed",
                "password=%s, %.1f s after the rotation"
                        .formatted(followed, Steps.seconds(steps.elapsed().minus(written))));
    }

    @Override
    public String hint(String namespace) {
        return "  " + backend.hint();
    }

    @Override
    public void close() {
        backend.close();
    }

    private void apply(TryStage stage) throws Exception {
        Secret login =
                new SecretBuilder()
                        .withNewMetadata()
                        .withName(backend.loginSecret())
                        .endMetadata()
                        .addToStringData(backend.login())
                        .build();
        stage.client().secrets().inNamespace(stage.namespace()).resource(login).create();
        stage.apply(backend.store() + ".yaml", backend.parameters());
        stage.apply("externalsecret.yaml", Map.of("STORE", backend.store()));
        stage.steps()
                .done("applied", "SecretStore " + backend.store() + ", ExternalSecret " + READER);
    }

    private static String await(TryStage stage, String other) throws Exception {
        return stage.awaitPassword(SECRET, other, () -> stage.externalSecretCondition(READER));
    }
}
