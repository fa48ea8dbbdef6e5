package dev.signet.provider.webhook;

import dev.signet.api.store.WebhookProvider;
import dev.signet.api.store.WebhookSecret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The templates of a store, each read once.
 *
 * @param headers by name
 */
record Templates(
        String method,
        UrlTemplate url,
        Map<String, Template> headers,
        Template body,
        Template jsonPath) {

    static final String SPEC = "spec.provider.webhook.";

    private static final Set<String> KEYS = Set.of("key", "property", "version");
    private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,20}");

    /** They are the client's own, or would change what the connection is. */
    private static final Set<String> FORBIDDEN_HEADERS =
            Set.of("connection", "expect", "te", "trailer", "transfer-encoding", "upgrade");

    /** Go's client passes over them too. */
    private static final Set<String> IGNORED_HEADERS = Set.of("host", "content-length");

    private static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE", "HEAD");

    /** Reads them all; the message of what is thrown names the field. */
    static Templates of(WebhookProvider spec) throws TemplateException {
        UrlTemplate url = at("url", spec.url(), UrlTemplate::parse);
        Map<String, Template> headers = new LinkedHashMap<>();
        for (var header : spec.headers().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (FORBIDDEN_HEADERS.contains(name)) {
                throw new TemplateException(SPEC + "headers must not set " + header.getKey());
            }
            if (!IGNORED_HEADERS.contains(name)) {
                headers.put(
                        header.getKey(),
                        at("headers." + header.getKey(), header.getValue(), Template::parse));
            }
        }
        Templates templates =
                new Templates(
                        method(spec),
                        url,
                        headers,
                        at("body", spec.body(), Template::parse),
                        at(
                                "result.jsonPath",
                                spec.result() == null ? "" : spec.result().jsonPath(),
                                Template::parse));
        templates.checkFields(spec);
        if (templates
                .jsonPath()
                .fields()
                .anyMatch(field -> !field.object().equals(Template.REMOTE_REF))) {
            // Messages show the path, and a value of a Secret must not be in them.
            throw new TemplateException(SPEC + "result.jsonPath may use .remoteRef alone");
        }
        return templates;
    }

    private static String method(WebhookProvider spec) throws TemplateException {
        String method = spec.method().isEmpty() ? "GET" : spec.method().toUpperCase(Locale.ROOT);
        if (!METHOD.matcher(method).matches() || FORBIDDEN_METHODS.contains(method)) {
            throw new TemplateException(SPEC + "method is none that a value can be read with");
        }
        return method;
    }

    /** Whether any of them says this of the reference. */
    boolean uses(String key) {
        return all().anyMatch(template -> template.uses(key));
    }

    /** Whether a body begins as JSON does. */
    boolean sendsJson(String body) {
        String text = body.stripLeading();
        return text.startsWith("{") || text.startsWith("[") || text.startsWith("\"");
    }

    private Stream<Template> all() {
        return Stream.concat(Stream.of(url.template(), body, jsonPath), headers.values().stream());
    }

    private void checkFields(WebhookProvider spec) throws TemplateException {
        Set<String> secrets =
                spec.secrets().stream().map(WebhookSecret::name).collect(Collectors.toSet());
        List<Expression.Field> fields = all().flatMap(Template::fields).toList();
        for (Expression.Field field : fields) {
            if (field.object().equals(Template.REMOTE_REF)) {
                if (!KEYS.contains(field.key())) {
                    throw new TemplateException(
                            ".remoteRef.%s is not supported in templates; there are .remoteRef.key, .property and .version"
                                    .formatted(field.key()));
                }
            } else if (!secrets.contains(field.object())) {
                throw new TemplateException(
                        "%ssecrets has none with the name '%s', which a template uses"
                                .formatted(SPEC, field.object()));
            }
        }
    }

    private static <T> T at(String field, String text, Reader<T> reader) throws TemplateException {
        try {
            return reader.read(text);
        } catch (TemplateException e) {
            throw new TemplateException(SPEC + field + ": " + e.text());
        }
    }

    /** Reads a field. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(String text) throws TemplateException;
    }
}
