package dev.signet.provider.webhook;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code url} field: a server that is written out, and behind it path and query with
 * placeholders. What a reference brings in stays within the part of the path, or the field of the
 * query, where its placeholder stands.
 */
final class UrlTemplate {

    private static final Pattern URL =
            Pattern.compile("(?is)(https?)://([^/?#\\s{}@\\\\]+)([/?].*)?");
    private static final String UNRESERVED = "-._~";
    private static final String ALLOWED = UNRESERVED + "!$&'()*+,;=:@/?[]";
    private static final int MAX_TARGET = 8 << 10;
    private static final int MAX_DECODINGS = 3;

    private final URI server;
    private final Template rest;

    private UrlTemplate(URI server, Template rest) {
        this.server = server;
        this.rest = rest;
    }

    /** Reads the field. */
    static UrlTemplate parse(String url) throws TemplateException {
        Matcher matcher = URL.matcher(url.strip());
        if (!matcher.matches()) {
            throw new TemplateException(
                    "it must begin with http:// or https:// and a host, with no placeholder or password in them");
        }
        String tail = matcher.group(3) == null ? "/" : matcher.group(3);
        Template rest = Template.parse(tail.startsWith("?") ? "/" + tail : tail);
        if (rest.applies(Function.B64DEC)) {
            throw new TemplateException("b64dec may not be used on the reference here");
        }
        try {
            URI server =
                    new URI(matcher.group(1).toLowerCase(Locale.ROOT) + "://" + matcher.group(2));
            if (server.getHost() != null) {
                return new UrlTemplate(server, rest);
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new TemplateException("its host is none");
    }

    /** Scheme, host and port. */
    URI server() {
        return server;
    }

    Template template() {
        return rest;
    }

    /**
     * Path and query.
     *
     * @param values gives what comes from the reference percent-encoded
     */
    String target(Template.Values values) throws TemplateException {
        String target = encoded(rest.render(values, Guards.IN_URL));
        if (target.length() > MAX_TARGET) {
            throw new TemplateException(
                    "the address is longer than %d bytes".formatted(MAX_TARGET));
        }
        refuseSteps(target.split("\\?", 2)[0]);
        return target;
    }

    /** A text in which nothing can end a part of a path or of a query. */
    static String escaped(String text) {
        return encoded(text, UNRESERVED, false);
    }

    /** What may not stand in a URL, percent-encoded. */
    private static String encoded(String text) {
        return encoded(text, ALLOWED, true);
    }

    private static String encoded(String text, String allowed, boolean keepEscapes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean plain =
                    (c < 0x80 && Character.isLetterOrDigit(c))
                            || allowed.indexOf(c) >= 0
                            || (keepEscapes && isEscape(bytes, i));
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
            }
        }
        return out.toString();
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return bytes[at] == '%'
                && at + 2 < bytes.length
                && HexFormat.isHexDigit(bytes[at + 1])
                && HexFormat.isHexDigit(bytes[at + 2]);
    }

    /** Steps such as {@code ..}, however encoded: a server or proxy may follow them. */
    private static void refuseSteps(String path) throws TemplateException {
        String decoded = path;
        for (int round = 0; round <= MAX_DECODINGS; round++) {
            for (String segment : decoded.split("[/\\\\]", -1)) {
                if (segment.equals(".") || segment.equals("..")) {
                    throw new TemplateException(
                            "the address has a step '%s' in its path, which is not allowed"
                                    .formatted(segment));
                }
            }
            decoded = decoded(decoded);
        }
    }

    private static String decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (isEscape(bytes, i)) {
                out.write(
                        HexFormat.fromHexDigit(bytes[i + 1]) << 4
                                | HexFormat.fromHexDigit(bytes[i + 2]));
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
