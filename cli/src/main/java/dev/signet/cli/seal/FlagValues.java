package dev.signet.cli.seal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a command line says. */
public final class FlagValues {

    private final Map<String, Flag> flags;
    private final Map<String, List<String>> values;
    private final List<String> words;
    private final boolean askedForHelp;

    FlagValues(
            Map<String, Flag> flags,
            Map<String, List<String>> values,
            List<String> words,
            boolean askedForHelp) {
        this.flags = Map.copyOf(flags);
        this.values =
                values.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        this.words = List.copyOf(words);
        this.askedForHelp = askedForHelp;
    }

    /** The value of a flag; where it was not given, the one that it has from the start. */
    public String text(String name) {
        return given(name).orElseGet(() -> flag(name).initial());
    }

    /** The value of a flag; empty where neither command line nor environment give it. */
    public Optional<String> given(String name) {
        List<String> given = values.getOrDefault(flag(name).name(), List.of());
        return given.isEmpty() ? Optional.empty() : Optional.of(given.getLast());
    }

    /** Whether a switch is on. */
    public boolean on(String name) {
        return FlagKind.isTrue(text(name));
    }

    /** All values of a flag that may be given several times. */
    public List<String> all(String name) {
        return values.getOrDefault(flag(name).name(), List.of());
    }

    /** The words that belong to no flag. */
    public List<String> words() {
        return words;
    }

    /** The names of all flags that were given. */
    Set<String> names() {
        return values.keySet();
    }

    /** Whether {@code -h} was given, which ends the reading of the command line. */
    boolean askedForHelp() {
        return askedForHelp;
    }

    private Flag flag(String name) {
        Flag flag = flags.get(name);
        if (flag == null) {
            throw new IllegalArgumentException("there is no flag " + name);
        }
        return flag;
    }

    /** The names of what was given; a value may be a token. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
