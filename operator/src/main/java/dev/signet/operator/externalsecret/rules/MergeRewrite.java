package dev.signet.operator.externalsecret.rules;

import dev.signet.api.RewriteMerge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the members of several JSON objects together ({@code rewrite.merge}): first those that are
 * not in {@code priority}, in the order of their keys, then those that are, in the order given. Of
 * equal members the last counts, where {@code conflictPolicy} allows that at all.
 *
 * <p>Strategy {@code Extract} leaves the members alone; {@code JSON} adds one key that holds them
 * all as one object and leaves the rest as it was.
 */
final class MergeRewrite {

    private static final String JSON = "JSON";

    private MergeRewrite() {}

    static SortedMap<String, byte[]> apply(
            String field, RewriteMerge merge, SortedMap<String, byte[]> values)
            throws RuleException {
        check(field, merge);
        SortedMap<String, @Nullable Object> members = members(field, merge, values);
        SortedMap<String, byte[]> result = new TreeMap<>(GoPrint.KEY_ORDER);
        if (merge.strategy().equals(JSON)) {
            result.putAll(values);
            result.put(merge.into(), utf8(GoObjects.textWithoutHtmlEscapes(members)));
        } else {
            members.forEach((key, value) -> result.put(key, utf8(GoObjects.plainText(value))));
        }
        return result;
    }

    /** What is wrong with it whatever the values. */
    static void check(String field, RewriteMerge merge) throws RuleException {
        if (merge.strategy().equals(JSON) && merge.into().isEmpty()) {
            throw new RuleException(
                    field + ".into: is empty; name the key that the merged object is put under");
        }
    }

    private static SortedMap<String, @Nullable Object> members(
            String field, RewriteMerge merge, SortedMap<String, byte[]> values)
            throws RuleException {
        SortedMap<String, @Nullable Object> members = new TreeMap<>(GoPrint.KEY_ORDER);
        SortedSet<String> conflicts = new TreeSet<>(GoPrint.KEY_ORDER);
        for (String key : order(field, merge, values)) {
            for (Map.Entry<String, @Nullable Object> member :
                    object(field, key, values).entrySet()) {
                if (members.containsKey(member.getKey())) {
                    conflicts.add(member.getKey());
                }
                members.put(member.getKey(), member.getValue());
            }
        }
        if (!conflicts.isEmpty() && !merge.conflictPolicy().equals("Ignore")) {
            throw new RuleException(
                    "%s.conflictPolicy: more than one object has the member %s; rename it at the source, or set Ignore and priority"
                            .formatted(
                                    field,
                                    conflicts.stream()
                                            .limit(5)
                                            .map(Quoted::key)
                                            .collect(Collectors.joining(", "))));
        }
        return members;
    }

    private static List<String> order(
            String field, RewriteMerge merge, SortedMap<String, byte[]> values)
            throws RuleException {
        List<String> order = new ArrayList<>(values.keySet());
        order.removeAll(merge.priority());
        for (String key : merge.priority()) {
            if (values.containsKey(key)) {
                order.add(key);
            } else if (!merge.priorityPolicy().equals("IgnoreNotFound")) {
                throw new RuleException(
                        "%s.priority: there is no key %s; take it out, or set priorityPolicy to IgnoreNotFound"
                                .formatted(field, Quoted.key(key)));
            }
        }
        return order;
    }

    private static Map<String, @Nullable Object> object(
            String field, String key, SortedMap<String, byte[]> values) throws RuleException {
        byte[] value = values.getOrDefault(key, new byte[0]);
        return GoObjects.parse(new String(value, StandardCharsets.UTF_8))
                .orElseThrow(() ->
                        new RuleException(
                                "%s: the value under the key %s is no JSON object; merge only such, or leave it out of what is found"
                                        .formatted(field, Quoted.key(key))));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
