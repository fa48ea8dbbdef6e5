package dev.signet.provider.webhook;

import dev.signet.http.HttpField;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretValue;
import dev.signet.provider.webhook.Expression.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in a store's templates, with the values of its Secrets as they are now. */
final class RequestMaker {

    private final Templates templates;
    private final Map<String, Map<String, SecretValue>> secrets;

    /**
     * @param secrets by name in templates and by key
     */
    RequestMaker(Templates templates, Map<String, Map<String, SecretValue>> secrets) {
        this.templates = templates;
        this.secrets = secrets;
    }

    /** The request for a reference. */
    Request request(RemoteRef ref) throws TemplateException {
        if (ref.metadata()) {
            throw new TemplateException("a webhook has no metadata to fetch");
        }
        if (ref.key().isEmpty() && templates.uses("key")) {
            throw new TemplateException("the key is empty");
        }
        Template.Values raw = field -> value(field, ref);
        List<HttpField> fields = new ArrayList<>();
        for (var header : templates.headers().entrySet()) {
            fields.add(field(header.getKey(), header.getValue().render(raw, Guards.IN_HEADER)));
        }
        if (fields.stream().noneMatch(field -> field.name().equalsIgnoreCase("User-Agent"))) {
            fields.add(new HttpField("User-Agent", "signet"));
        }
        return new Request(
                templates.method(),
                templates.url().target(field -> escaped(field, ref)),
                fields,
                body(raw));
    }

    /** Which part of the answer is wanted; empty for all of it. */
    String jsonPath(RemoteRef ref) throws TemplateException {
        return templates.jsonPath().render(field -> value(field, ref), Guards.IN_PATH);
    }

    private String body(Template.Values raw) throws TemplateException {
        Template body = templates.body();
        String unguarded = body.render(raw, text -> {});
        return body.render(raw, templates.sendsJson(unguarded) ? Guards.IN_BODY : Guards.IN_FORM);
    }

    private static HttpField field(String name, String value) throws TemplateException {
        try {
            return new HttpField(name, value.strip());
        } catch (IllegalArgumentException e) {
            throw new TemplateException(
                    "the header %s has a name or a value that HTTP does not allow".formatted(name));
        }
    }

    private String escaped(Field field, RemoteRef ref) throws TemplateException {
        String value = value(field, ref);
        return field.object().equals(Template.REMOTE_REF) ? UrlTemplate.escaped(value) : value;
    }

    private String value(Field field, RemoteRef ref) throws TemplateException {
        if (field.object().equals(Template.REMOTE_REF)) {
            return switch (field.key()) {
                case "key" -> ref.key();
                case "property" -> ref.property();
                case "version" -> ref.version();
                default -> throw new TemplateException(".remoteRef has no " + field.key());
            };
        }
        Map<String, SecretValue> secret = secrets.getOrDefault(field.object(), Map.of());
        @Nullable SecretValue value = secret.get(field.key());
        if (value == null) {
            throw new TemplateException(
                    "the Secret that templates call '%s' has no key '%s'"
                            .formatted(field.object(), field.key()));
        }
        return value.utf8();
    }
}
