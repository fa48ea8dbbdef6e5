package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.function.Consumer;

/**
 * A watch, line by line as it comes: it costs the API server one more copy, and us next to nothing.
 */
final class EventStream implements AutoCloseable {

    private final InputStream in;
    private volatile boolean ended;
    private volatile boolean closed;

    private EventStream(InputStream in) {
        this.in = in;
    }

    /**
     * Watches a collection from a version on.
     *
     * @param query more of it, such as a selector; may be empty
     * @param onLine called by one thread, in order
     */
    static EventStream open(
            Lab lab, String collection, String version, String query, Consumer<String> onLine) {
        String path =
                "%s?watch=1&timeoutSeconds=7200&resourceVersion=%s%s"
                        .formatted(collection, version, query.isEmpty() ? "" : "&" + query);
        EventStream stream = new EventStream(lab.calls().open(path));
        Thread.ofPlatform().daemon().name("watch").start(() -> stream.read(onLine));
        return stream;
    }

    private void read(Consumer<String> onLine) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                onLine.accept(line);
            }
        } catch (IOException e) {
            // Also what closing looks like; whoever waits asks whether it has ended.
        } finally {
            ended = true;
        }
    }

    /** Whether no more lines will come, though nobody closed it. */
    boolean broken() {
        return ended && !closed;
    }

    @Override
    public void close() {
        closed = true;
        try {
            in.close();
        } catch (IOException e) {
            // It is of no more use in any case.
        }
    }
}
