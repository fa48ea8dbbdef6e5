package dev.signet.cli.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a stream of YAML into its documents, so that one that does not parse spoils no other. */
final class Chunks {

    private static final Pattern MARK = Pattern.compile("(?m)^---(?=\\s|$)");
    private static final Pattern ALLOWED = Pattern.compile("(?m)(?:^|\\s)#\\s*signet:allow\\b");

    private Chunks() {}

    /**
     * One document, with the mark that begins it.
     *
     * @param line where it begins, from 0
     * @param allowed whether a comment in it allows plaintext
     */
    record Chunk(String text, int line, boolean allowed) {}

    static List<Chunk> of(String text) {
        List<Chunk> chunks = new ArrayList<>();
        Matcher mark = MARK.matcher(text);
        int start = 0;
        int line = 0;
        boolean allowedAbove = false;
        boolean more = true;
        while (more) {
            more = mark.find();
            int end = more ? mark.start() : text.length();
            String part = text.substring(start, end);
            boolean allowed = ALLOWED.matcher(part).find();
            if (hasContent(part)) {
                chunks.add(new Chunk(part, line, allowed || allowedAbove));
                allowedAbove = false;
            } else {
                // What stands above the first mark is about the document below it.
                allowedAbove = allowed;
            }
            line += (int) part.chars().filter(c -> c == '\n').count();
            start = end;
        }
        return chunks;
    }

    private static boolean hasContent(String part) {
        return part.lines().anyMatch(line -> !line.isBlank() && !line.strip().startsWith("#"));
    }
}
