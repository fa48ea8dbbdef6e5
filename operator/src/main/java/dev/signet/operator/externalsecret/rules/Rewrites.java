package dev.signet.operator.externalsecret.rules;

import com.google.re2j.PatternSyntaxException;
import dev.signet.api.ExternalSecretRewrite;
import dev.signet.api.RewriteMerge;
import dev.signet.api.RewriteRegexp;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Changes of keys on their way ({@code spec.dataFrom[].rewrite}), one after the other. */
final class Rewrites {

    /** The most rewrites of one entry. */
    static final int MAX_REWRITES = 100;

    private Rewrites() {}

    /**
     * The values after all changes.
     *
     * @param field the entry, such as {@code spec.dataFrom[0]}
     */
    static SortedMap<String, byte[]> apply(
            String field, List<ExternalSecretRewrite> rewrites, SortedMap<String, byte[]> values)
            throws RuleException {
        checkNumber(field, rewrites);
        SortedMap<String, byte[]> result = values;
        for (int i = 0; i < rewrites.size(); i++) {
            result = apply(field + ".rewrite[" + i + "]", rewrites.get(i), result);
        }
        return result;
    }

    private static SortedMap<String, byte[]> apply(
            String field, ExternalSecretRewrite rewrite, SortedMap<String, byte[]> values)
            throws RuleException {
        if (rewrite.merge() != null) {
            return MergeRewrite.apply(field + ".merge", rewrite.merge(), values);
        }
        if (rewrite.regexp() != null) {
            return rename(field + ".regexp", compile(field + ".regexp", rewrite.regexp()), values);
        }
        if (rewrite.transform() != null) {
            throw noTransform(field);
        }
        return values;
    }

    /** Refuses more rewrites of one entry than are sensible. */
    static void checkNumber(String field, List<ExternalSecretRewrite> rewrites)
            throws RuleException {
        if (rewrites.size() > MAX_REWRITES) {
            throw new RuleException(
                    "%s.rewrite: has %d rewrites, more than %d"
                            .formatted(field, rewrites.size(), MAX_REWRITES));
        }
    }

    /** What is wrong with one rewrite whatever the values. */
    static void check(String field, ExternalSecretRewrite rewrite) throws RuleException {
        RewriteMerge merge = rewrite.merge();
        if (merge != null) {
            MergeRewrite.check(field + ".merge", merge);
        } else if (rewrite.regexp() != null) {
            compile(field + ".regexp", rewrite.regexp());
        } else if (rewrite.transform() != null) {
            throw noTransform(field);
        }
    }

    private static RuleException noTransform(String field) {
        return new RuleException(
                field + ".transform is not supported yet: it comes with templates");
    }

    private static RegexpRewrite compile(String field, RewriteRegexp regexp) throws RuleException {
        try {
            return RegexpRewrite.of(regexp.source(), regexp.target());
        } catch (PatternSyntaxException e) {
            throw new RuleException(
                    "%s.source: %s is no RE2 expression (%s); see its syntax at https://github.com/google/re2/wiki/Syntax"
                            .formatted(field, Quoted.key(regexp.source()), e.getDescription()));
        } catch (RuleException e) {
            throw new RuleException(field + "." + e.text());
        }
    }

    /**
     * Where several keys become one, the last of them in byte order wins. External Secrets lets
     * chance decide; an error would break what happens to work there.
     */
    private static SortedMap<String, byte[]> rename(
            String field, RegexpRewrite regexp, SortedMap<String, byte[]> values)
            throws RuleException {
        SortedMap<String, byte[]> renamed = new TreeMap<>(GoPrint.KEY_ORDER);
        for (Map.Entry<String, byte[]> entry : values.entrySet()) {
            try {
                renamed.put(regexp.replaceAll(entry.getKey()), entry.getValue());
            } catch (RuleException e) {
                throw new RuleException(field + ": " + e.text());
            }
        }
        return renamed;
    }
}
