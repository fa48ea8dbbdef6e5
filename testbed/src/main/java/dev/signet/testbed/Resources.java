package dev.signet.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files inside the jar. */
final class Resources {

    private Resources() {}

    static byte[] bytes(String path) {
        try (InputStream in = Resources.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new TestbedException("missing from the test bed's jar: " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
