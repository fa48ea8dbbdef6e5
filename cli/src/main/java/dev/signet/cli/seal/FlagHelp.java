package dev.signet.cli.seal;

import java.util.Comparator;
import java.util.List;

/** The table of flags in the help, one line for each, by name. */
final class FlagHelp {

    private FlagHelp() {}

    static String table(List<Flag> flags) {
        List<Flag> shown =
                flags.stream()
                        .filter(flag -> !flag.help().isEmpty())
                        .sorted(Comparator.comparing(Flag::name))
                        .toList();
        int width = shown.stream().mapToInt(flag -> head(flag).length()).max().orElse(0);
        StringBuilder table = new StringBuilder();
        for (Flag flag : shown) {
            String head = head(flag);
            table.append(head).repeat(' ', width - head.length() + 3);
            table.append(flag.help()).append(initial(flag)).append('\n');
        }
        return table.toString();
    }

    private static String head(Flag flag) {
        String name =
                flag.letter() == 0
                        ? "      --" + flag.name()
                        : "  -%c, --%s".formatted(flag.letter(), flag.name());
        return flag.kind().placeholder().isEmpty() ? name : name + " " + flag.kind().placeholder();
    }

    private static String initial(Flag flag) {
        if (flag.initial().isEmpty() || flag.initial().equals("false")) {
            return "";
        }
        boolean quoted = flag.kind().placeholder().equals("string");
        return quoted
                ? " (default \"%s\")".formatted(flag.initial())
                : " (default %s)".formatted(flag.initial());
    }
}
