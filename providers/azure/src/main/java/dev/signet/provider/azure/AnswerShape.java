package dev.signet.provider.azure;

import dev.signet.gjson.GJson;
import dev.signet.gjson.PathLimitException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks at an answer before the SDK does, whose parser quotes in the log what it cannot read, and
 * takes a list that is not there for an empty one. Pure.
 */
final class AnswerShape {

    private static final List<String> NUMBERS =
            List.of("exp", "nbf", "created", "updated", "recoverableDays");
    private static final String NUMBER = "(?:-?\\d{1,15}|null)";
    private static final Pattern ONE = Pattern.compile(NUMBER);
    private static final Pattern MANY =
            Pattern.compile("\\[(?:%s(?:,%s)*)?\\]".formatted(NUMBER, NUMBER));

    private AnswerShape() {}

    /** Whether this can be one object as a vault has it. */
    static boolean isObject(byte[] body) {
        return isRight(body, "attributes.", ONE);
    }

    /** Whether this can be a page of a list. */
    static boolean isPage(byte[] body) {
        return isRight(body, "value.#.attributes.", MANY) && GJson.get(body, "value").isArray();
    }

    private static boolean isRight(byte[] body, String prefix, Pattern expected) {
        try {
            return GJson.isValid(new String(body, StandardCharsets.UTF_8))
                    && NUMBERS.stream()
                            .map(name -> GJson.get(body, prefix + name))
                            .allMatch(found ->
                                    !found.exists() || expected.matcher(found.raw()).matches());
        } catch (PathLimitException e) {
            return false;
        }
    }
}
