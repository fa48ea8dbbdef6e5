package dev.signet.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Writes {@code docs/reference/flags.md} from the commands themselves. */
final class FlagsTable {

    private static final String HEAD =
            """
            # Flags

            Generated from the commands; a test compares this page with them. To write it anew:
            `./build -pl cli -am test -Dtest=FlagsTest -Dsurefire.failIfNoSpecifiedTests=false -Dsignet.golden.update=true`

            Each flag of `signet run` can also be set in the environment. A flag on the command line wins
            over its variable; a variable that is empty counts as not set. Flags of Sealed Secrets also heed the
            variables of Bitnami's controller, such as `SEALED_SECRETS_LABEL_SELECTOR`. Durations are written as in Go
            (`90s`, `5m`, `1h30m`), addresses as `host:port`, `:port` or `[IPv6]:port`; port 0 takes any free
            port, and `0` alone turns the endpoint off.
            """;

    private FlagsTable() {}

    static String of(CommandLine root) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Map.Entry<String, CommandLine> entry : root.getSubcommands().entrySet()) {
            if (!entry.getKey().equals("help")) {
                command(page, entry.getValue());
            }
        }
        compatibility(page, Objects.requireNonNull(root.getSubcommands().get("run")));
        return page.toString();
    }

    private static void command(StringBuilder page, CommandLine command) {
        boolean variables = command.getDefaultValueProvider() instanceof EnvironmentDefaults;
        page.append("\n## signet ").append(command.getCommandName()).append("\n\n");
        page.append(String.join(" ", command.getCommandSpec().usageMessage().description()));
        page.append("\n\n");
        page.append(
                variables
                        ? "| Flag | Variable | Default | Meaning |\n|---|---|---|---|\n"
                        : "| Flag | Default | Meaning |\n|---|---|---|\n");
        options(command)
                .filter(option -> !option.hidden())
                .forEach(option -> page.append(row(option, variables)));
    }

    private static Stream<OptionSpec> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .sorted(Comparator.comparing(OptionSpec::longestName));
    }

    private static String row(OptionSpec option, boolean variables) {
        String names =
                Arrays.stream(option.names())
                        .map(FlagsTable::code)
                        .collect(Collectors.joining(", "));
        String variable = EnvironmentDefaults.variable(option).map(FlagsTable::code).orElse("");
        return "| "
                + names
                + (variables ? " | " + variable : "")
                + " | "
                + (option.defaultValue() == null || option.defaultValue().isEmpty()
                        ? ""
                        : code(option.defaultValue()))
                + " | "
                + String.join(" ", option.description())
                        .replace(" (default: ${DEFAULT-VALUE})", "")
                        .replace("|", "\\|")
                + " |\n";
    }

    private static void compatibility(StringBuilder page, CommandLine run) {
        List<OptionSpec> hidden = options(run).filter(OptionSpec::hidden).toList();
        page.append(
                "\n## Flags of External Secrets and Sealed Secrets that `signet run` takes too\n\n");
        page.append("Taken, and without effect, for there is nothing for them to change here:\n\n");
        page.append(list(hidden.stream().filter(FlagsTable::isPassedOver)));
        page.append(
                "\nRefused where they are set, instead of promising what is not there yet:\n\n");
        page.append(list(hidden.stream().filter(option -> !isPassedOver(option))));
    }

    private static boolean isPassedOver(OptionSpec option) {
        return option.isMultiValue();
    }

    private static String list(Stream<OptionSpec> options) {
        return options.flatMap(option -> Arrays.stream(option.names()))
                .sorted()
                .map(name -> "- " + code(name) + "\n")
                .collect(Collectors.joining());
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
