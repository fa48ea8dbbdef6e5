package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.AuditEntry;
import dev.signet.testbed.AuditLog;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Whether new objects, and other stores, get their turn while much else is going on. */
class FairnessE2E {

    private static final int OLD = 300;
    private static final int NEW = 500;

    /** What was read before the watch reported the new object, and what was under way then. */
    private static final int HEAD_START = 150;

    /** A machine that is busy with something else for a while is given another chance. */
    private static final int ATTEMPTS = 3;

    /** Less than a read at a frozen server takes. */
    private static final Duration UNHINDERED = Duration.ofSeconds(14);

    @Test
    void newExternalSecretsDoNotWaitBehindRefreshes() {
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                Space space = Space.fresh();
                RunningOperator _ = RunningOperator.in(space.namespace())) {
            fill(bao, "old", OLD);
            space.storeOf(bao);
            Parallel.each(OLD, i -> space.apply(secret("old-" + i).every("1s").yaml()));
            space.awaitAllReady(Kind.EXTERNAL_SECRET, OLD);

            List<Long> before = new ArrayList<>();
            do {
                before.add(mostRefreshesBeforeANewOne(bao, space, before.size()));
            } while (before.getLast() > HEAD_START && before.size() < ATTEMPTS);
            assertThat(before).as("each attempt").anyMatch(most -> most <= HEAD_START);
        }
    }

    /**
     * Makes many, and says how many more refreshes than new ones went before any of them since it
     * was made.
     */
    private static long mostRefreshesBeforeANewOne(OpenBao bao, Space space, int attempt) {
        String prefix = "new-" + attempt;
        fill(bao, prefix, NEW);
        AuditLog audit = bao.audit().fromNow();
        Map<String, Instant> made = new ConcurrentHashMap<>();
        Parallel.each(
                NEW,
                i -> {
                    space.apply(secret(prefix + "-" + i).yaml());
                    made.put("secret/data/" + prefix + "-" + i, Instant.now());
                });
        Space.await(
                Duration.ofMinutes(4),
                () -> assertThat(space.list(Kind.SECRET)).hasSize(1 + OLD + NEW * (attempt + 1)));

        List<AuditEntry> reads = audit.entries().stream().filter(AuditEntry::isKvRead).toList();
        assertThat(reads)
                .filteredOn(read -> made.containsKey(read.path()))
                .as("each is read once")
                .hasSize(NEW);
        assertThat(reads)
                .filteredOn(read -> !made.containsKey(read.path()))
                .as("refreshes go on meanwhile")
                .isNotEmpty();
        long most = 0;
        for (int i = 0; i < reads.size(); i++) {
            Instant since = made.get(reads.get(i).path());
            if (since != null) {
                most = Math.max(most, refreshesBefore(reads.subList(0, i), since, made));
            }
        }
        return most;
    }

    private static long refreshesBefore(
            List<AuditEntry> before, Instant since, Map<String, Instant> made) {
        long fresh = 0;
        long refreshes = 0;
        for (AuditEntry read : before) {
            if (read.time().isAfter(since)) {
                if (made.containsKey(read.path())) {
                    fresh++;
                } else {
                    refreshes++;
                }
            }
        }
        return refreshes - fresh;
    }

    @Test
    void frozenVaultWithManyChangesHoldsUpNoOtherStore() {
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                Space space = Space.fresh();
                RunningOperator _ = RunningOperator.in(space.namespace())) {
            fill(bao, "old", 80);
            space.storeOf(bao);
            space.apply(Manifests.fakeStore());
            Parallel.each(80, i -> space.apply(secret("old-" + i).yaml()));
            space.awaitAllReady(Kind.EXTERNAL_SECRET, 80);
            bao.pause();
            try {
                Map<String, ?> change =
                        Map.of("metadata", Map.of("annotations", Map.of("force-sync", "1")));
                Parallel.each(80, i -> space.patch(Kind.EXTERNAL_SECRET, "old-" + i, change));
                space.apply(
                        Manifests.externalSecret("unhindered")
                                .from("fake")
                                .data("k", "/k", "k")
                                .yaml());
                Space.await(
                        UNHINDERED,
                        () ->
                                assertThat(space.ready("unhindered"))
                                        .matches(Ready::isTrue, "ready"));
            } finally {
                bao.resume();
            }
        }
    }

    private static void fill(OpenBao bao, String prefix, int count) {
        Parallel.each(
                count, i -> bao.api().putKv2("secret", prefix + "-" + i, Map.of("k", "v" + i)));
    }

    private static Manifests.EsBuilder secret(String name) {
        return Manifests.externalSecret(name).from("vault").data("k", name, "k");
    }
}
