package dev.signet.provider.webhook;

import dev.signet.api.GoDuration;
import dev.signet.api.store.CaProvider;
import dev.signet.api.store.WebhookProvider;
import dev.signet.api.store.WebhookSecret;
import dev.signet.provider.Reference;
import dev.signet.rest.Tls;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Goes through a spec once, noting what it refers to and what is wrong with it. */
final class SpecCheck {

    private static final String SPEC = Templates.SPEC;

    private final List<Reference> references = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    SpecCheck(WebhookProvider spec) {
        try {
            Templates templates = Templates.of(spec);
            String path = spec.result() == null ? "" : spec.result().jsonPath();
            if (!path.isEmpty() && templates.jsonPath().fields().findAny().isEmpty()) {
                JsonPaths.check(path);
            }
        } catch (TemplateException e) {
            problems.add(e.text());
        }
        timeout(spec.timeout());
        if (spec.auth() != null) {
            problems.add(
                    SPEC
                            + "auth.ntlm is not supported; log in with a header, such as Authorization");
        }
        CaProvider ca = spec.caProvider();
        if (spec.caBundle().isEmpty() && ca != null) {
            Tls.problem(ca, SPEC + "caProvider")
                    .ifPresentOrElse(problems::add, () -> references.add(Tls.reference(ca)));
        }
        spec.secrets().forEach(this::secret);
    }

    static Reference.SecretKey reference(WebhookSecret secret) {
        return new Reference.SecretKey(
                secret.secretRef().namespace(),
                secret.secretRef().name(),
                secret.secretRef().key());
    }

    /**
     * How long an answer may take; what Go would not read, and zero, are no limit of the user's.
     */
    static Duration timeout(WebhookProvider spec, Duration most) {
        try {
            Duration asked =
                    spec.timeout().isEmpty() ? Duration.ZERO : GoDuration.parse(spec.timeout());
            return asked.isPositive() && asked.compareTo(most) < 0 ? asked : most;
        } catch (DateTimeParseException e) {
            return most;
        }
    }

    List<Reference> references() {
        return List.copyOf(references);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void timeout(String timeout) {
        try {
            if (!timeout.isEmpty() && GoDuration.parse(timeout).isNegative()) {
                problems.add(SPEC + "timeout must not be negative");
            }
        } catch (DateTimeParseException e) {
            problems.add(SPEC + "timeout is no duration such as 5s");
        }
    }

    private void secret(WebhookSecret secret) {
        if (secret.name().isEmpty() || secret.secretRef().name().isEmpty()) {
            problems.add(SPEC + "secrets need name and secretRef.name");
        } else if (secret.name().equals(Template.REMOTE_REF)) {
            problems.add(SPEC + "secrets must not have the name remoteRef");
        } else {
            references.add(reference(secret));
        }
    }
}
