package dev.signet.gjson;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern in which {@code *} stands for any runes, {@code ?} for one rune and {@code \} takes the
 * meaning from the next. Matching never goes back further than to its last star, and its steps are
 * charged to the budget.
 */
final class Glob {

    private static final int STAR = -1;
    private static final int ANY = -2;
    private static final int NEVER = -3;

    private final List<Integer> terms = new ArrayList<>();

    Glob(String pattern) {
        int i = 0;
        while (i < pattern.length()) {
            int rune = ByteText.rune(pattern, i);
            i += ByteText.size(pattern, i);
            switch (rune) {
                case '*' -> {
                    if (terms.isEmpty() || terms.getLast() != STAR) {
                        terms.add(STAR);
                    }
                }
                case '?' -> terms.add(ANY);
                case '\\' -> {
                    if (i < pattern.length()) {
                        terms.add(ByteText.rune(pattern, i));
                        i += ByteText.size(pattern, i);
                    } else {
                        // As in Go, a last backslash means itself, but only behind a star.
                        terms.add(terms.contains(STAR) ? (int) '\\' : NEVER);
                    }
                }
                default -> terms.add(rune);
            }
        }
    }

    boolean matches(String text, Budget budget) {
        int at = 0;
        int term = 0;
        int starTerm = -1;
        int starAt = 0;
        while (at < text.length()) {
            int wanted = term < terms.size() ? terms.get(term) : NEVER;
            if (wanted == STAR) {
                starTerm = term;
                starAt = at;
                term++;
            } else if (wanted == ANY || wanted == ByteText.rune(text, at)) {
                at += ByteText.size(text, at);
                term++;
            } else if (starTerm >= 0) {
                budget.scan(at - starAt + 1);
                starAt += ByteText.size(text, starAt);
                at = starAt;
                term = starTerm + 1;
            } else {
                return false;
            }
        }
        while (term < terms.size() && terms.get(term) == STAR) {
            term++;
        }
        return term == terms.size();
    }
}
