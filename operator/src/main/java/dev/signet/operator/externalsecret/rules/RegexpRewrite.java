package dev.signet.operator.externalsecret.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.signet.provider.RegexpLimits;
import java.util.Map;
import java.util.Optional;

/** Go's {@code Regexp.ReplaceAllString} on RE2 expressions. */
final class RegexpRewrite {

    /** A key of a Secret has 253 characters at most; on its way it may be longer. */
    static final int MAX_KEY = 4096;

    static final int MAX_TEMPLATE = 1024;

    private final Pattern pattern;
    private final String template;

    private RegexpRewrite(Pattern pattern, String template) {
        this.pattern = pattern;
        this.template = template;
    }

    /**
     * @param template may hold {@code $1}, {@code ${1}}, {@code $name}, {@code ${name}} and {@code
     *     $$}
     * @throws PatternSyntaxException where the expression is not RE2
     * @throws RuleException where the expression or the template is too large
     */
    static RegexpRewrite of(String expression, String template) throws RuleException {
        Optional<String> problem = RegexpLimits.problem(expression);
        if (problem.isPresent()) {
            throw new RuleException("source is too large: " + problem.get());
        }
        if (template.length() > MAX_TEMPLATE) {
            throw new RuleException(
                    "target is too large: it is longer than %d characters".formatted(MAX_TEMPLATE));
        }
        return new RegexpRewrite(Pattern.compile(expression), template);
    }

    /**
     * The key with all matches replaced.
     *
     * @throws RuleException where the key is or becomes longer than {@link #MAX_KEY}
     */
    String replaceAll(String text) throws RuleException {
        limited(text, text.length());
        StringBuilder out = new StringBuilder();
        Matcher matcher = pattern.matcher(text);
        int copied = 0;
        int search = 0;
        while (search <= text.length() && matcher.find(search)) {
            int start = matcher.start();
            int end = matcher.end();
            out.append(text, copied, start);
            // An empty match right behind another match is not replaced once more.
            if (end > copied || start == 0) {
                expand(matcher, out);
                limited(text, out.length());
            }
            copied = end;
            search = Math.max(end, search + width(text, search));
        }
        out.append(text, copied, text.length());
        limited(text, out.length());
        return out.toString();
    }

    private static void limited(String key, int length) throws RuleException {
        if (length > MAX_KEY) {
            throw new RuleException(
                    "key %s is or becomes longer than %d characters"
                            .formatted(Quoted.key(key), MAX_KEY));
        }
    }

    private static int width(String text, int index) {
        return index < text.length() ? Character.charCount(text.codePointAt(index)) : 1;
    }

    private void expand(Matcher matcher, StringBuilder out) {
        int at = 0;
        while (at < template.length()) {
            int dollar = template.indexOf('$', at);
            if (dollar < 0) {
                break;
            }
            out.append(template, at, dollar);
            if (template.startsWith("$$", dollar)) {
                out.append('$');
                at = dollar + 2;
                continue;
            }
            boolean brace = template.startsWith("{", dollar + 1);
            int begin = dollar + (brace ? 2 : 1);
            int end = endOfName(begin);
            if (end == begin || (brace && !template.startsWith("}", end))) {
                // Malformed: the dollar sign stands for itself.
                out.append('$');
                at = dollar + 1;
                continue;
            }
            out.append(group(matcher, template.substring(begin, end)));
            at = brace ? end + 1 : end;
        }
        out.append(template, at, template.length());
    }

    private int endOfName(int begin) {
        int end = begin;
        while (end < template.length()) {
            int c = template.codePointAt(end);
            if (!Character.isLetter(c) && !Character.isDigit(c) && c != '_') {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    /** The text of a group; empty where it took no part or there is none of that name. */
    private String group(Matcher matcher, String name) {
        int number = number(name);
        if (number < 0) {
            Map<String, Integer> names = pattern.namedGroups();
            number = names.getOrDefault(name, -1);
        }
        if (number < 0 || number > matcher.groupCount()) {
            return "";
        }
        String text = matcher.group(number);
        return text == null ? "" : text;
    }

    /** A group's number, or -1 for a name; a number with a leading zero is a name. */
    private static int number(String name) {
        boolean digits = name.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean leadingZero = name.length() > 1 && name.startsWith("0");
        return digits && !leadingZero && name.length() <= 9 ? Integer.parseInt(name) : -1;
    }
}
