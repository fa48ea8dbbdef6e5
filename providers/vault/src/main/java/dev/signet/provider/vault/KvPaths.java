package dev.signet.provider.vault;

import dev.signet.api.store.VaultProvider;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Turns remote keys into locations, by the rules of External Secrets: with {@code path} in the
 * store, a key may repeat the mount and, after it alone, {@code data/}; without it, the key's first
 * segment is the mount, or all that stands before {@code /data/}.
 */
final class KvPaths {

    private static final Pattern OUTER_SLASHES = Pattern.compile("^/+|/+$");
    private static final String DATA = "/data/";

    private final String mount;
    private final KvVersion version;

    KvPaths(VaultProvider spec) {
        this(spec.path(), KvVersion.of(spec.version()));
    }

    KvPaths(String mount, KvVersion version) {
        this.mount = OUTER_SLASHES.matcher(mount).replaceAll("");
        this.version = version;
    }

    KvVersion version() {
        return version;
    }

    /** The mount path of the store; empty when keys begin with theirs. */
    String mount() {
        return mount;
    }

    /**
     * The secret that a key names.
     *
     * @throws PathException when it cannot name one
     */
    KvLocation secret(String key) throws PathException {
        KvLocation location = location(key);
        if (location.path().isEmpty()) {
            throw new PathException(
                    mount.isEmpty() && version == KvVersion.V2
                            ? "key '%s' names no secret: as the store has no path, it must begin with the mount, as in secret/%s"
                                    .formatted(key, key)
                            : "key '%s' names no secret".formatted(key));
        }
        return location;
    }

    /**
     * The folder that a search starts from; empty for all of the mount.
     *
     * @throws PathException when no mount is known
     */
    KvLocation folder(String path) throws PathException {
        KvLocation location = location(path + "/");
        if (location.mount().isEmpty() && location.path().isEmpty()) {
            throw new PathException(
                    "a search needs a mount to search in: set spec.provider.vault.path, or begin find.path with it");
        }
        return location;
    }

    private KvLocation location(String key) throws PathException {
        String plain = clean(key);
        if (!mount.isEmpty()) {
            return new KvLocation(mount, clean(below(key)));
        }
        if (version == KvVersion.V1) {
            return new KvLocation("", plain);
        }
        int data = plain.indexOf(DATA);
        if (data >= 0) {
            return new KvLocation(plain.substring(0, data), plain.substring(data + DATA.length()));
        }
        int slash = plain.indexOf('/');
        return slash < 0
                ? new KvLocation(plain, "")
                : new KvLocation(plain.substring(0, slash), plain.substring(slash + 1));
    }

    private String below(String key) {
        if (!key.startsWith(mount + "/")) {
            return key;
        }
        String rest = key.substring(mount.length() + 1);
        return version == KvVersion.V2 && rest.startsWith("data/")
                ? rest.substring("data/".length())
                : rest;
    }

    private static String clean(String key) throws PathException {
        String[] segments = key.split("/", -1);
        for (String segment : segments) {
            // A path that climbs could leave the mount that the store is meant for.
            if (segment.equals(".") || segment.equals("..")) {
                throw new PathException(
                        "key '%s' must not have '.' or '..' as a segment".formatted(key));
            }
        }
        return String.join(
                "/", Arrays.stream(segments).filter(segment -> !segment.isEmpty()).toList());
    }

    /** A key that cannot name a secret; the message says why. */
    static final class PathException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String text;

        PathException(String message) {
            super(message);
            this.text = message;
        }

        String text() {
            return text;
        }
    }
}
