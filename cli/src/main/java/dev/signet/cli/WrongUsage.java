package dev.signet.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what of a command was not understood. */
final class WrongUsage {

    private WrongUsage() {}

    static String line(ParameterException failure, List<String> arguments) {
        CommandLine command = failure.getCommandLine();
        return "%s; %s"
                .formatted(
                        source(failure, arguments).replaceAll("\\s*\\R\\s*", " "),
                        remedy(failure, command));
    }

    // picocli names the flag even where the value came from the environment.
    private static String source(ParameterException failure, List<String> arguments) {
        String message = String.valueOf(failure.getMessage());
        IDefaultValueProvider defaults = failure.getCommandLine().getDefaultValueProvider();
        if (failure.getArgSpec() instanceof OptionSpec option
                && defaults instanceof EnvironmentDefaults environment
                && !given(option, arguments)) {
            String flag = "option '" + option.longestName() + "'";
            return environment
                    .set(option)
                    .map(variable -> message.replace(flag, "variable " + variable))
                    .orElse(message);
        }
        return message;
    }

    private static boolean given(ArgSpec argument, List<String> arguments) {
        String name = ((OptionSpec) argument).longestName();
        return arguments.stream()
                .anyMatch(word -> word.equals(name) || word.startsWith(name + "="));
    }

    private static String remedy(ParameterException failure, CommandLine command) {
        String help = "see " + command.getCommandSpec().qualifiedName() + " --help";
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> alike = unmatched.getSuggestions();
            if (!alike.isEmpty()) {
                return "did you mean " + String.join(", or ", alike) + "? " + help;
            }
        }
        return help;
    }
}
