package dev.signet.cli.seal;

import java.util.ArrayList;
import java.util.List;

/** Words between commas; one that holds a comma stands in double quotes (RFC 4180 §2). */
final class CommaSeparated {

    private static final String EXTRA_QUOTE =
            "parse error on line 1, column %d: extraneous or missing \" in quoted-field";

    private CommaSeparated() {}

    static List<String> split(String text) throws FlagException {
        List<String> words = new ArrayList<>();
        if (text.isEmpty()) {
            return words;
        }
        int at = 0;
        while (at <= text.length()) {
            StringBuilder word = new StringBuilder();
            at =
                    at < text.length() && text.charAt(at) == '"'
                            ? quoted(text, at, word)
                            : bare(text, at, word);
            words.add(word.toString());
            at++;
        }
        return words;
    }

    /** Adds the word to the text, and returns where it ends. */
    private static int bare(String text, int start, StringBuilder word) throws FlagException {
        int comma = text.indexOf(',', start);
        int end = comma < 0 ? text.length() : comma;
        int quote = text.indexOf('"', start);
        if (quote >= 0 && quote < end) {
            throw new FlagException(
                    "parse error on line 1, column %d: bare \" in non-quoted-field"
                            .formatted(quote + 1));
        }
        word.append(text, start, end);
        return end;
    }

    private static int quoted(String text, int start, StringBuilder word) throws FlagException {
        int at = start + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean twice = at + 1 < text.length() && text.charAt(at + 1) == '"';
            if (c != '"') {
                word.append(c);
                at++;
            } else if (twice) {
                word.append('"');
                at += 2;
            } else if (at + 1 == text.length() || text.charAt(at + 1) == ',') {
                return at + 1;
            } else {
                throw new FlagException(EXTRA_QUOTE.formatted(at + 1));
            }
        }
        throw new FlagException(EXTRA_QUOTE.formatted(text.length() + 1));
    }
}
