package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretStatus;
import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.rig.Rig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatusWriterIT {

    private static Rig rig;
    private static Scene scene;

    private final AtomicReference<ExternalSecret> watched = new AtomicReference<>();
    private final StatusWriter writer =
            new StatusWriter(
                    new ApiCalls(rig.client()),
                    new ObjectMapper(),
                    Clock.systemUTC(),
                    key -> Optional.ofNullable(watched.get()));

    @BeforeAll
    static void start() {
        rig = Rig.start();
        // Here the test alone writes.
        rig.stopOperator();
        scene = new Scene(rig);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void remembersWhatItWroteUntilTheWatchHasCaughtUp() {
        scene.externalSecret("remembered", "none");
        ExternalSecret first = rig.externalSecret("remembered");
        scene.patch("remembered", "{\"metadata\":{\"finalizers\":[\"example.com/other\"]}}");
        ExternalSecret later = rig.externalSecret("remembered");
        ExternalSecretStatus written = synced();
        watched.set(first);

        assertThat(writer.write(first, ExternalSecretStatus.NONE, written)).isTrue();

        writer.seen(later);
        assertThat(status(writer, first)).isEqualTo(written);
        assertThat(status(writer, later)).isEqualTo(written);
        scene.patchStatus("remembered", "{\"status\":{\"syncedResourceVersion\":\"of another\"}}");
        ExternalSecret last = rig.externalSecret("remembered");
        assertThat(status(writer, last).syncedResourceVersion()).isEqualTo("of another");
        writer.seen(last);
        assertThat(status(writer, first)).isEqualTo(ExternalSecretStatus.NONE);
        scene.patch("remembered", "{\"metadata\":{\"finalizers\":null}}");
    }

    @Test
    void forgetsAtOnceWhatTheWatchHasBroughtBeforeTheAnswerOrWillNeverBring() {
        scene.externalSecret("overtaken", "none");
        ExternalSecret es = rig.externalSecret("overtaken");
        ExternalSecret later = rig.externalSecret("overtaken");
        later.getMetadata().setResourceVersion("9999999999");

        watched.set(later);
        assertThat(writer.write(es, ExternalSecretStatus.NONE, synced())).isTrue();
        assertThat(writer.unseenFor(Duration.ZERO)).isEmpty();

        watched.set(null);
        assertThat(writer.write(es, ExternalSecretStatus.NONE, synced())).isTrue();
        assertThat(writer.unseenFor(Duration.ZERO)).isEmpty();

        watched.set(es);
        assertThat(writer.write(es, ExternalSecretStatus.NONE, synced())).isTrue();
        assertThat(writer.unseenFor(Duration.ZERO)).isPresent();
        scene.at("overtaken").delete();
    }

    @Test
    void leavesNoStatusOnAnotherObjectThatHasTheNameNow() {
        scene.externalSecret("anew", "none");
        ExternalSecret gone = rig.externalSecret("anew");
        scene.at("anew").delete();
        scene.externalSecret("anew", "none");
        ExternalSecret other = rig.externalSecret("anew");
        watched.set(gone);

        assertThat(writer.write(gone, ExternalSecretStatus.NONE, synced())).isFalse();

        ExternalSecret last = rig.externalSecret("anew");
        assertThat(last.getStatus()).isNull();
        // The watch may bring what it had for a moment.
        other.setStatus(synced());
        assertThat(status(writer, other)).isEqualTo(ExternalSecretStatus.NONE);
        writer.seen(last);
        assertThat(writer.unseenFor(Duration.ZERO)).isEmpty();
        assertThat(writer.write(last, ExternalSecretStatus.NONE, synced())).isTrue();
        scene.at("anew").delete();
    }

    private ExternalSecretStatus synced() {
        return writer.synced(
                ExternalSecretStatus.NONE,
                Instant.now(),
                "1-x",
                "s",
                "SecretSynced",
                "secret synced");
    }

    private static ExternalSecretStatus status(StatusWriter writer, ExternalSecret es) {
        ObjectKey key = new ObjectKey(es.getMetadata().getNamespace(), es.getMetadata().getName());
        ExternalSecretStatus status = writer.latest(key, () -> es).getStatus();
        return status == null ? ExternalSecretStatus.NONE : status;
    }
}
