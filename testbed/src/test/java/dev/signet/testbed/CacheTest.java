package dev.signet.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

    @TempDir private Path root;

    @Test
    void makesAnEntryOnceForAllThatAskAtOnce() throws Exception {
        AtomicInteger made = new AtomicInteger();
        Cache.Maker slow =
                folder -> {
                    made.incrementAndGet();
                    Files.writeString(folder.resolve("a"), "1");
                    sleep(300);
                    Files.writeString(folder.resolve("b"), "2");
                };
        Callable<Path> ask = () -> new Cache(root, Progress.silent()).findOrMake("x", slow);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Path> entry : threads.invokeAll(List.of(ask, ask, ask))) {
                assertThat(entry.get().resolve("b")).hasContent("2");
            }
        }

        assertThat(made).hasValue(1);
    }

    @Test
    void failedMakingLeavesNothing() throws Exception {
        Cache cache = new Cache(root, Progress.silent());

        assertThatThrownBy(() ->
                        cache.findOrMake(
                                "x",
                                folder -> {
                                    Files.writeString(folder.resolve("a"), "half");
                                    throw new IOException("disk full");
                                }))
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("disk full");

        assertThat(cache.find("x")).isEmpty();
        assertThat(entries()).containsExactly("locks");
    }

    @Test
    void removesWhatADeadRunLeft() throws Exception {
        Path left = Files.createDirectories(root.resolve(".unfinished.x.123"));
        Files.writeString(left.resolve("a"), "half");
        Cache cache = new Cache(root, Progress.silent());

        assertThat(cache.find("x")).isEmpty();
        cache.findOrMake("x", folder -> Files.writeString(folder.resolve("a"), "whole"));

        assertThat(entries()).containsExactlyInAnyOrder("locks", "x");
        assertThat(root.resolve("x").resolve("a")).hasContent("whole");
    }

    @Test
    void liesWhereTheEnvironmentSays() {
        Path home = Path.of(System.getProperty("user.home"));
        assertThat(Cache.rootOf(Map.of("SIGNET_CACHE", "/a", "XDG_CACHE_HOME", "/b")))
                .isEqualTo(Path.of("/a"));
        assertThat(Cache.rootOf(Map.of("XDG_CACHE_HOME", "/b"))).isEqualTo(Path.of("/b/signet"));
        assertThat(Cache.rootOf(Map.of())).isEqualTo(home.resolve(".cache/signet"));
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.map(p -> p.getFileName().toString()).toList();
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
