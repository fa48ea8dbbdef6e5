package dev.signet.system;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands that a page shows, and what it says that they print: a block marked {@code sh}, and the
 * block marked {@code text} right behind it, where there is one.
 *
 * @param place where they stand
 * @param printed lines of which each must be printed; an ellipsis stands for anything
 */
record DocsCommands(String place, String script, List<String> printed) {

    private static final Pattern BLOCKS =
            Pattern.compile("(?ms)^```sh\\n(.*?)^```$(?:\\n\\n^```text\\n(.*?)^```$)?");

    /** All on a page, in its order. */
    static List<DocsCommands> of(DocsPage page) {
        List<DocsCommands> all = new ArrayList<>();
        Matcher blocks = BLOCKS.matcher(page.text());
        while (blocks.find()) {
            all.add(
                    new DocsCommands(
                            page + ":" + page.text().substring(0, blocks.start()).lines().count(),
                            blocks.group(1),
                            blocks.group(2) == null
                                    ? List.of()
                                    : blocks.group(2).lines().toList()));
        }
        return all;
    }

    /** The lines that the page shows and that were not printed. */
    List<String> missingIn(String output) {
        return printed.stream()
                .filter(line -> output.lines().noneMatch(one -> one.matches(expression(line))))
                .toList();
    }

    private static String expression(String line) {
        return ".*" + Pattern.quote(line.strip()).replace("…", "\\E.*\\Q") + ".*";
    }

    @Override
    public String toString() {
        return place;
    }
}
