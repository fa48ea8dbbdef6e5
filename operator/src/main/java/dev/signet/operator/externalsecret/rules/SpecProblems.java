package dev.signet.operator.externalsecret.rules;

import static dev.signet.api.ExternalSecretTarget.CREATE_OR_MERGE;
import static dev.signet.api.ExternalSecretTarget.DELETE;
import static dev.signet.api.ExternalSecretTarget.MERGE;
import static dev.signet.api.ExternalSecretTarget.NONE;
import static dev.signet.api.ExternalSecretTarget.ORPHAN;
import static dev.signet.api.ExternalSecretTarget.OWNER;
import static dev.signet.api.ExternalSecretTarget.RETAIN;

import dev.signet.api.ExternalSecretData;
import dev.signet.api.ExternalSecretSpec;
import dev.signet.api.ExternalSecretTarget;
import dev.signet.api.SourceRef;
import dev.signet.api.StoreRef;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an ExternalSecret, as far as its spec alone tells: what the admission webhook
 * of External Secrets refuses (the object may have been admitted without one), what can never be
 * synced, and what is not supported yet.
 */
public final class SpecProblems {

    private final ExternalSecretSpec spec;
    private final List<String> problems = new ArrayList<>();

    private SpecProblems(ExternalSecretSpec spec) {
        this.spec = spec;
    }

    /** Sentences that name the field and the remedy; empty where all is well. */
    public static List<String> of(ExternalSecretSpec spec) {
        SpecProblems found = new SpecProblems(spec);
        found.schedule();
        found.policies();
        found.target();
        found.entries();
        return List.copyOf(found.problems);
    }

    private void schedule() {
        oneOf(
                "spec.refreshPolicy",
                spec.refreshPolicy(),
                Set.of(
                        "",
                        ExternalSecretSpec.PERIODIC,
                        ExternalSecretSpec.ON_CHANGE,
                        ExternalSecretSpec.CREATED_ONCE));
        try {
            spec.refreshEvery();
        } catch (DateTimeParseException noDuration) {
            add(
                    "spec.refreshInterval: %s is no duration; write it like 1h30m"
                            .formatted(Quoted.key(spec.refreshInterval())));
        }
    }

    private void policies() {
        String creation = spec.target().creationPolicy();
        String deletion = spec.target().deletionPolicy();
        oneOf(
                "spec.target.creationPolicy",
                creation,
                Set.of(OWNER, ORPHAN, MERGE, NONE, CREATE_OR_MERGE));
        oneOf("spec.target.deletionPolicy", deletion, Set.of(RETAIN, DELETE, MERGE));
        if (deletion.equals(DELETE) && Set.of(MERGE, NONE, CREATE_OR_MERGE).contains(creation)) {
            add(
                    "spec.target.deletionPolicy: Delete is not allowed with creationPolicy %s, under which the Secret is not ours; set creationPolicy to Owner"
                            .formatted(creation));
        }
        if (deletion.equals(MERGE) && creation.equals(NONE)) {
            add(
                    "spec.target.deletionPolicy: Merge is not allowed with creationPolicy None, under which there is no Secret to merge with; set deletionPolicy to Retain");
        }
    }

    private void target() {
        ExternalSecretTarget target = spec.target();
        if (target.manifest() != null) {
            add("spec.target.manifest is not supported yet: leave it out, and a Secret is written");
        }
        if (target.template() != null) {
            problems.addAll(TemplateProblems.of(target.template(), target.manifest()));
            add(
                    "spec.target.template is not supported yet: leave it out, and the values are written as they are");
        }
    }

    private void entries() {
        if (spec.data().isEmpty() && spec.dataFrom().isEmpty()) {
            add("spec: neither data nor dataFrom has an entry; name at least one value to bring");
        }
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < spec.data().size(); i++) {
            data("spec.data[" + i + "]", spec.data().get(i), keys);
        }
        for (int i = 0; i < spec.dataFrom().size(); i++) {
            problems.addAll(
                    DataFromProblems.of("spec.dataFrom[" + i + "]", spec.dataFrom().get(i)));
            store("spec.dataFrom[" + i + "]", spec.dataFrom().get(i).sourceRef());
        }
    }

    private void data(String field, ExternalSecretData entry, Set<String> keys) {
        String key = entry.secretKey();
        if (!SecretKeys.isSecretKey(key)) {
            add(
                    "%s.secretKey: %s cannot be a key of a Secret; use a-z, A-Z, 0-9, '-', '_' and '.'"
                            .formatted(field, Quoted.key(key)));
        }
        if (!keys.add(key) && spec.target().deletionPolicy().equals(RETAIN)) {
            add(
                    "%s.secretKey: %s is given twice; give each key once"
                            .formatted(field, Quoted.key(key)));
        }
        SourceRef source = entry.sourceRef();
        if (source != null && source.generatorRef() != null) {
            add(
                    "%s.sourceRef.generatorRef is not supported yet: name a store in sourceRef.storeRef"
                            .formatted(field));
        }
        store(field, source);
    }

    private void store(String field, @Nullable SourceRef source) {
        if (source != null && source.generatorRef() != null) {
            return;
        }
        StoreRef given = source == null ? null : source.storeRef();
        boolean own = given != null;
        StoreRef store = own ? given : spec.secretStoreRef();
        String name = own ? field + ".sourceRef.storeRef" : "spec.secretStoreRef";
        if (store == null || store.name().isEmpty()) {
            add(
                    "%s: no store is named for it; set %s.name"
                            .formatted(
                                    field,
                                    own
                                            ? name
                                            : "spec.secretStoreRef.name or "
                                                    + field
                                                    + ".sourceRef.storeRef"));
        } else {
            oneOf(
                    name + ".kind",
                    store.kind(),
                    Set.of("", StoreRef.SECRET_STORE, StoreRef.CLUSTER_SECRET_STORE));
        }
    }

    private void oneOf(String field, String value, Set<String> known) {
        if (!known.contains(value)) {
            List<String> choice = known.stream().filter(v -> !v.isEmpty()).sorted().toList();
            add(
                    "%s: %s is not known; use one of %s"
                            .formatted(field, Quoted.key(value), String.join(", ", choice)));
        }
    }

    private void add(String problem) {
        problems.add(problem);
    }
}
