package dev.signet.cli;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes the value of a flag that is not given from the environment: {@code --loglevel} from {@code
 * SIGNET_LOGLEVEL}, and flags of Sealed Secrets also from the variables of Bitnami's controller. A
 * variable that is set but empty counts as not set, for manifests often set such.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private static final String PREFIX = "SIGNET_";
    private static final String BITNAMI_PREFIX = "SEALED_SECRETS_";
    private static final Set<Class<?>> BITNAMI_FLAGS =
            Set.of(SealedSecretsOptions.class, SealedKeysOptions.class);

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return set(argument).map(environment::get).orElse(null);
    }

    /** The variable that sets this flag in the environment, if it is set. */
    Optional<String> set(ArgSpec argument) {
        return variable(argument).flatMap(own -> isSet(own) ? Optional.of(own) : bitnami(argument));
    }

    private Optional<String> bitnami(ArgSpec argument) {
        boolean shared =
                argument.userObject() instanceof Field field
                        && BITNAMI_FLAGS.contains(field.getDeclaringClass());
        return shared && argument instanceof OptionSpec option
                ? Arrays.stream(option.names())
                        .map(name -> variable(BITNAMI_PREFIX, name))
                        .filter(this::isSet)
                        .findFirst()
                : Optional.empty();
    }

    private boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    /** The variable that can set this flag; none for flags that are only taken and passed over. */
    static Optional<String> variable(ArgSpec argument) {
        return argument instanceof OptionSpec option
                        && !option.hidden()
                        && !option.usageHelp()
                        && !option.versionHelp()
                ? Optional.of(variable(PREFIX, option.longestName()))
                : Optional.empty();
    }

    private static String variable(String prefix, String flag) {
        return prefix + flag.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
