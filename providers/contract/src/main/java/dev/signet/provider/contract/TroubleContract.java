package dev.signet.provider.contract;

import static dev.signet.provider.contract.Outcomes.extract;
import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every provider says when its backend cannot or will not answer. */
public interface TroubleContract {

    /** No measure of speed: how long a test waits for what must come. */
    Duration PATIENCE = Duration.ofSeconds(60);

    /** The backend to test against, with a store whose identity may read all in it. */
    ContractBackend backend();

    @Test
    @Shows(ContractCase.DENIED)
    default void saysDeniedAndNeverMissing() throws Exception {
        backend().put("contract-denied", "{\"user\":\"alice\"}");
        try (SecretClient client = backend().openIn(Trouble.DENIED)) {
            assertEveryAnswer(client, "contract-denied", ReadOutcome.Denied.class);
        }
    }

    @Test
    @Shows(ContractCase.UNREACHABLE)
    default void saysUnavailableWhereNobodyListens() throws Exception {
        try (SecretClient client = backend().openIn(Trouble.UNREACHABLE)) {
            assertEveryAnswer(client, "contract-unreachable", ReadOutcome.Unavailable.class);
            assertThat(client.validate()).isNotInstanceOf(StoreHealth.Valid.class);
        }
    }

    @Test
    @Shows(ContractCase.BUSY)
    default void saysUnavailableWhileTheBackendIsBusy() throws Exception {
        backend().put("contract-busy", "{\"user\":\"alice\"}");
        try (SecretClient client = backend().openIn(Trouble.BUSY)) {
            assertEveryAnswer(client, "contract-busy", ReadOutcome.Unavailable.class);
        }
    }

    private void assertEveryAnswer(SecretClient client, String key, Class<?> expected)
            throws InterruptedException {
        RemoteRef whole = RemoteRef.of(key);
        RemoteRef part = RemoteRef.of(key, "user");
        assertThat(client.read(Set.of(whole, part)).values())
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(expected));
        assertThat(extract(client, whole)).isInstanceOf(expected);
        if (searches()) {
            assertThat(client.find(new FindQuery("", key, Map.of()))).isInstanceOf(expected);
        }
    }

    @Test
    @Shows(ContractCase.CANCELLED)
    default void endsEarlyForAReaderThatIsInterrupted() throws Exception {
        RemoteRef ref = RemoteRef.of("contract-cancelled");
        try (SecretClient client = backend().openIn(Trouble.SILENT)) {
            List<Callable<Object>> questions =
                    new ArrayList<>(
                            List.of(
                                    () -> read(client, ref),
                                    () -> extract(client, ref),
                                    client::validate));
            if (searches()) {
                questions.add(() -> client.find(new FindQuery("", "contract-cancelled", Map.of())));
            }
            for (Callable<Object> question : questions) {
                CompletableFuture<Object> end = new CompletableFuture<>();
                Thread reader = Thread.ofVirtual().start(() -> end.complete(endOf(question)));
                await().atMost(PATIENCE)
                        .until(() -> reader.getState() != Thread.State.RUNNABLE || end.isDone());
                reader.interrupt();
                assertThat(end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isInstanceOf(InterruptedException.class);
            }
        }
    }

    private boolean searches() {
        return !backend().lacks().containsKey(ContractCase.FIND);
    }

    private static Object endOf(Callable<Object> question) {
        try {
            return question.call();
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    @Shows(ContractCase.ROTATED)
    default void goesOnWithCredentialsThatAreRotatedUnderWay() throws Exception {
        backend().put("contract-rotated", "{\"user\":\"alice\"}");
        RemoteRef ref = RemoteRef.of("contract-rotated", "user");
        AtomicBoolean over = new AtomicBoolean();
        try (Rotation rotation = backend().openRotating();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(text(read(rotation.client(), ref))).isEqualTo("alice");
            List<Future<Boolean>> readers =
                    IntStream.range(0, 4)
                            .mapToObj(_ ->
                                    threads.submit(() -> everMissing(rotation.client(), ref, over)))
                            .toList();
            try {
                rotation.rotate();
                await().atMost(PATIENCE)
                        .until(() -> read(rotation.client(), ref) instanceof ReadOutcome.Found);
            } finally {
                over.set(true);
            }
            for (Future<Boolean> reader : readers) {
                assertThat(reader.get()).as("called missing").isFalse();
            }
            assertThat(text(read(rotation.client(), ref))).isEqualTo("alice");
        }
    }

    private static boolean everMissing(SecretClient client, RemoteRef ref, AtomicBoolean over)
            throws InterruptedException {
        boolean missing = false;
        while (!over.get()) {
            ReadOutcome<SecretValue> answer = read(client, ref);
            missing |= answer instanceof ReadOutcome.Missing;
            // A reader that does nothing else would leave the machine no time.
            Thread.sleep(5);
        }
        return missing;
    }
}
