package dev.signet.operator.externalsecret.rules;

import dev.signet.api.ExternalSecretTemplate;
import dev.signet.api.ManifestRef;
import dev.signet.api.TemplateFrom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Templates that would give away more than the values that they are for: Secrets of these types
 * make the cluster's own controllers issue credentials.
 */
final class TemplateProblems {

    private static final String TOKEN_TYPE = "kubernetes.io/service-account-token";
    private static final String TOKEN_ACCOUNT = "kubernetes.io/service-account.name";
    private static final String BOOTSTRAP_TYPE = "bootstrap.kubernetes.io/token";
    private static final Set<String> TARGETS = Set.of("", "data", "annotations", "labels");

    private TemplateProblems() {}

    static List<String> of(ExternalSecretTemplate template, @Nullable ManifestRef manifest) {
        List<String> problems = new ArrayList<>();
        if (template.type().equals(BOOTSTRAP_TYPE)) {
            problems.add("spec.target.template.type: " + BOOTSTRAP_TYPE + " is not allowed");
        }
        boolean token = template.type().equals(TOKEN_TYPE);
        if (token
                && template.metadata() != null
                && template.metadata().annotations().containsKey(TOKEN_ACCOUNT)) {
            problems.add(
                    "spec.target.template.metadata.annotations: %s is not allowed with type %s; leave one of them out"
                            .formatted(TOKEN_ACCOUNT, TOKEN_TYPE));
        }
        for (int i = 0; i < template.templateFrom().size(); i++) {
            from(
                    "spec.target.template.templateFrom[" + i + "].target",
                    template.templateFrom().get(i),
                    token,
                    isSecret(manifest),
                    problems);
        }
        return problems;
    }

    private static void from(
            String field, TemplateFrom from, boolean token, boolean secret, List<String> problems) {
        String target = from.target().toLowerCase(Locale.ROOT);
        if (token && target.equals("annotations")) {
            problems.add(
                    "%s: Annotations is not allowed with type %s".formatted(field, TOKEN_TYPE));
        }
        if (secret && !TARGETS.contains(target)) {
            problems.add(
                    "%s: %s is not allowed for a Secret; use Data, Annotations or Labels"
                            .formatted(field, Quoted.key(from.target())));
        }
    }

    private static boolean isSecret(@Nullable ManifestRef manifest) {
        return manifest == null
                || (manifest.apiVersion().equals("v1") && manifest.kind().equals("Secret"));
    }
}
