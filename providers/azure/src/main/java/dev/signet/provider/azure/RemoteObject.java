package dev.signet.provider.azure;

import dev.signet.provider.RemoteRef;
import java.util.regex.Pattern;

/**
 * What a remote key names.
 *
 * @param name as the vault allows it: letters, digits and dashes
 * @param version empty for the current one
 */
record RemoteObject(Kind kind, String name, String version) {

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z-]{1,127}");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z]{0,64}");
    private static final int SHOWN = 140;

    /** What a vault holds. */
    enum Kind {
        SECRET("secret", "GetSecret"),
        KEY("key", "GetKey"),
        CERTIFICATE("certificate", "GetCertificate");

        private final String noun;
        private final String call;

        Kind(String noun, String call) {
            this.noun = noun;
            this.call = call;
        }

        /** As messages have it. */
        String noun() {
            return noun;
        }

        /** As metrics have it. */
        String call() {
            return call;
        }
    }

    /** A key or version that no vault can hold. */
    static final class KeyException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String text;

        KeyException(String text) {
            super(text);
            this.text = text;
        }

        /** The message. */
        String text() {
            return text;
        }
    }

    static RemoteObject of(RemoteRef ref) throws KeyException {
        String key = ref.key();
        int slash = key.indexOf('/');
        Kind kind = kind(key, slash < 0 ? "secret" : key.substring(0, slash));
        String name = key.substring(slash + 1);
        if (!NAME.matcher(name).matches()) {
            throw new KeyException(
                    "key '%s' names nothing that a vault can hold: a name, which secret/, key/ or cert/ may precede, has 1 to 127 letters, digits and dashes"
                            .formatted(shown(key)));
        }
        if (!VERSION.matcher(ref.version()).matches()) {
            throw new KeyException(
                    "version '%s' of key '%s' is none: versions have letters and digits"
                            .formatted(shown(ref.version()), shown(key)));
        }
        return new RemoteObject(kind, name, ref.version());
    }

    /** As messages have it. */
    String what() {
        return version.isEmpty()
                ? "%s '%s'".formatted(kind.noun(), name)
                : "version '%s' of %s '%s'".formatted(version, kind.noun(), name);
    }

    private static Kind kind(String key, String prefix) throws KeyException {
        return switch (prefix) {
            case "secret" -> Kind.SECRET;
            case "key" -> Kind.KEY;
            case "cert" -> Kind.CERTIFICATE;
            default ->
                    throw new KeyException(
                            "key '%s' begins with none of secret/, key/ and cert/"
                                    .formatted(shown(key)));
        };
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
