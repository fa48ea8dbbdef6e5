package dev.signet.system;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a secret looks like when it has leaked: as it is, in base64 at any offset, in hex. */
final class Needles {

    private final Map<String, String> forms = new LinkedHashMap<>();

    /** Also looks for this secret, which is called {@code name} where it is found. */
    Needles add(String name, String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        forms.put(name, secret.toLowerCase(Locale.ROOT));
        forms.put(name + " in hex", HexFormat.of().formatHex(bytes));
        forms.put(
                name + " in a URL",
                URLEncoder.encode(secret, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = new byte[offset + bytes.length];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The first and the last characters also depend on what stands around.
            forms.put(
                    name + " in base64 at " + offset,
                    encoded.substring(offset == 0 ? 0 : offset + 1, encoded.length() - 1)
                            .toLowerCase(Locale.ROOT));
        }
        return this;
    }

    /** The first form that stands in {@code text}, by name. */
    Optional<String> in(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return forms.entrySet().stream()
                .filter(form -> lower.contains(form.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
