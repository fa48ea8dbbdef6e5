package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A watch, line by line as it comes: it costs the API server one more copy, and us next to nothing.
 *
 * <p>API servers end watches, and at once those that are read too slowly. One that has ended is
 * made anew from the last version that it brought; where that is too old, all objects are listed,
 * and come as lines of the type {@code LISTED}. That an object is gone is not told then.
 */
final class EventStream implements AutoCloseable {

    private static final String VERSION = "\"resourceVersion\":\"";
    private static final String ERROR = "{\"type\":\"ERROR\"";
    private static final int ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Lab lab;
    private final String collection;
    private final String query;
    private final Consumer<String> onLine;
    private final JsonMapper mapper = new JsonMapper();
    private volatile @Nullable InputStream in;
    private volatile boolean ended;
    private volatile boolean closed;

    private EventStream(Lab lab, String collection, String query, Consumer<String> onLine) {
        this.lab = lab;
        this.collection = collection;
        this.query = query.isEmpty() ? "" : "&" + query;
        this.onLine = onLine;
    }

    /**
     * Watches a collection from a version on.
     *
     * @param query more of it, such as a selector; may be empty
     * @param onLine called by one thread, in order
     */
    static EventStream open(
            Lab lab, String collection, String version, String query, Consumer<String> onLine) {
        EventStream stream = new EventStream(lab, collection, query, onLine);
        InputStream first = stream.connect(version);
        Thread.ofPlatform().daemon().name("watch").start(() -> stream.run(first, version));
        return stream;
    }

    private InputStream connect(String version) {
        InputStream opened =
                lab.calls()
                        .open(
                                "%s?watch=1&timeoutSeconds=7200&resourceVersion=%s%s"
                                        .formatted(collection, version, query));
        in = opened;
        return opened;
    }

    private void run(InputStream first, String version) {
        String last = read(first, version);
        int failures = 0;
        while (!closed && failures < ATTEMPTS) {
            try {
                String from = last.isEmpty() ? list() : last;
                last = "";
                last = read(connect(from), from);
                failures = 0;
            } catch (BenchException e) {
                // The version may be too old, so the next attempt begins with a list.
                failures++;
                Patience.pause(PAUSE);
            }
        }
        ended = true;
    }

    /** Reads to the end; the version to go on from, empty where it has to be listed. */
    private String read(InputStream stream, String version) {
        String last = version;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ERROR)) {
                    return "";
                }
                last = version(line, last);
                onLine.accept(line);
            }
        } catch (IOException e) {
            // Also what closing looks like.
        }
        return last;
    }

    /** The version in an event or list; the other one if it has none. */
    static String version(String line, String otherwise) {
        int at = line.indexOf(VERSION);
        int end = at < 0 ? -1 : line.indexOf('"', at + VERSION.length());
        return end < 0 ? otherwise : line.substring(at + VERSION.length(), end);
    }

    private String list() {
        String version = "";
        String next = "";
        do {
            JsonNode page;
            try {
                page =
                        mapper.readTree(
                                lab.calls()
                                        .get(
                                                "%s?limit=500&continue=%s%s"
                                                        .formatted(collection, next, query)));
            } catch (JsonProcessingException e) {
                throw new BenchException("a list of %s is cut off".formatted(collection), e);
            }
            page.path("items")
                    .forEach(
                            item -> onLine.accept("{\"type\":\"LISTED\",\"object\":" + item + "}"));
            version = page.path("metadata").path("resourceVersion").asText();
            next = page.path("metadata").path("continue").asText();
        } while (!next.isEmpty());
        return version;
    }

    /** Whether no more lines will come, though nobody closed it. */
    boolean broken() {
        return ended && !closed;
    }

    @Override
    public void close() {
        closed = true;
        InputStream open = in;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // It is of no more use in any case.
        }
    }
}
