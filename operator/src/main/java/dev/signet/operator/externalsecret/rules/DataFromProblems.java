package dev.signet.operator.externalsecret.rules;

import dev.signet.api.ExternalSecretDataFrom;
import dev.signet.api.ExternalSecretRewrite;
import dev.signet.provider.RegexpLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is wrong with one entry of {@code spec.dataFrom}. */
final class DataFromProblems {

    private DataFromProblems() {}

    static List<String> of(String field, ExternalSecretDataFrom entry) {
        List<String> problems = new ArrayList<>();
        boolean generator = entry.sourceRef() != null && entry.sourceRef().generatorRef() != null;
        long sources =
                Stream.of(entry.extract() != null, entry.find() != null, generator)
                        .filter(given -> given)
                        .count();
        if (sources > 1) {
            problems.add(
                    field
                            + ": extract, find and sourceRef.generatorRef exclude one another; make an entry for each");
        }
        if (entry.extract() == null && entry.find() == null && entry.sourceRef() == null) {
            problems.add(field + ": names nothing to bring; set extract or find");
        }
        if (entry.sourceRef() != null && !generator && entry.sourceRef().storeRef() == null) {
            problems.add(field + ".sourceRef: names no source; set sourceRef.storeRef");
        }
        if (generator) {
            problems.add(
                    field
                            + ".sourceRef.generatorRef is not supported yet: use extract or find with a store");
        }
        if (entry.find() != null && entry.find().name() != null) {
            RegexpLimits.problem(entry.find().name().regexp())
                    .ifPresent(problem ->
                            problems.add(field + ".find.name.regexp is too large: " + problem));
        }
        rewrites(field, entry.rewrite(), problems);
        return problems;
    }

    private static void rewrites(
            String field, List<ExternalSecretRewrite> rewrites, List<String> problems) {
        try {
            Rewrites.checkNumber(field, rewrites);
        } catch (RuleException e) {
            problems.add(e.text());
            return;
        }
        for (int i = 0; i < rewrites.size(); i++) {
            rewrite(field + ".rewrite[" + i + "]", rewrites.get(i), problems);
        }
    }

    private static void rewrite(
            String field, ExternalSecretRewrite rewrite, List<String> problems) {
        try {
            Rewrites.check(field, rewrite);
        } catch (RuleException e) {
            problems.add(e.text());
        }
    }
}
