package dev.signet.cli.seal.set;

import dev.signet.provider.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A value that is to be set.
 *
 * @param key of the Secret
 * @param origin where the value is from
 */
public record Setting(String key, Origin origin) {

    /** What the JVM makes of bytes that are no characters in the locale. */
    private static final char LOST = '\uFFFD';

    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

    /** Where a value is from. */
    public sealed interface Origin {

        /** From the command line. */
        record Text(SecretValue value) implements Origin {}

        /** All bytes of a file. */
        record OfFile(Path file) implements Origin {}

        /** All bytes of standard input. */
        record OfInput() implements Origin {}
    }

    /**
     * Reads {@code KEY=VALUE}, {@code KEY=@FILE} or {@code KEY}.
     *
     * @throws SetException where the key is none of a Secret
     */
    public static Setting parse(String words) throws SetException {
        int at = words.indexOf('=');
        String key = at < 0 ? words : words.substring(0, at);
        if (!KEY.matcher(key).matches() || key.equals(".") || key.equals("..")) {
            throw new SetException(
                    "a key has 1 to 253 of a-z, A-Z, 0-9, -, _ and .; write it as KEY=VALUE, KEY=@FILE or KEY");
        }
        if (at < 0) {
            return new Setting(key, new Origin.OfInput());
        }
        String value = words.substring(at + 1);
        if (!value.startsWith("@")) {
            refuseLost(key, value);
            return new Setting(key, new Origin.Text(SecretValue.ofUtf8(value)));
        }
        try {
            return new Setting(key, new Origin.OfFile(Path.of(value.substring(1))));
        } catch (InvalidPathException e) {
            throw new SetException("the file of %s has no name that can be used".formatted(key));
        }
    }

    /**
     * Refuses a text that has lost letters on its way here: it would be sealed without them.
     *
     * @throws SetException with what to do
     */
    static void refuseLost(String key, CharSequence text) throws SetException {
        if (text.chars().anyMatch(c -> c == LOST)) {
            throw new SetException(
                    "the value of %s has characters that this locale does not pass on; give it on standard input, or set LC_ALL=C.UTF-8"
                            .formatted(key));
        }
    }

    /** Whether the value is on standard input. */
    public boolean readsInput() {
        return origin instanceof Origin.OfInput;
    }

    /**
     * The value.
     *
     * @param input what standard input holds
     */
    SecretValue value(InputStream input) throws SetException {
        return switch (origin) {
            case Origin.Text text -> text.value();
            case Origin.OfFile file -> {
                try {
                    yield wrapped(Files.readAllBytes(file.file()));
                } catch (IOException e) {
                    // What follows the @ may be a value that begins with one.
                    throw new SetException(
                            "the file that @ names for %s cannot be read; give a value that begins with @ on standard input"
                                    .formatted(key));
                }
            }
            case Origin.OfInput _ -> {
                try {
                    yield wrapped(input.readAllBytes());
                } catch (IOException e) {
                    throw new SetException("standard input cannot be read");
                }
            }
        };
    }

    private static SecretValue wrapped(byte[] bytes) {
        SecretValue value = SecretValue.of(bytes);
        Arrays.fill(bytes, (byte) 0);
        return value;
    }
}
