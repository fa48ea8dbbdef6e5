package dev.signet.cli.seal;

import dev.signet.cli.manifest.GoText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command line as kubeseal does: {@code --flag value}, {@code --flag=value}, {@code -f
 * value}, {@code -fvalue} and {@code -f=value}; switches need no value; words between are kept.
 */
final class FlagParser {

    private static final String PREFIX = "SEALED_SECRETS_";

    private final Map<String, Flag> byName = new LinkedHashMap<>();
    private final Map<Character, Flag> byLetter = new LinkedHashMap<>();
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();
    private boolean askedForHelp;

    FlagParser(Collection<Flag> flags) {
        for (Flag flag : flags) {
            byName.put(flag.name(), flag);
            if (flag.letter() != 0) {
                byLetter.put(flag.letter(), flag);
            }
        }
    }

    /**
     * What was given: by the environment, and by the command line, which goes before it.
     *
     * @throws FlagException with kubeseal's message
     */
    FlagValues parse(List<String> arguments, Map<String, String> environment) throws FlagException {
        byName.values().forEach(flag -> takeFrom(environment, flag));
        int at = 0;
        while (at < arguments.size() && !askedForHelp) {
            String argument = arguments.get(at);
            @Nullable String next = at + 1 < arguments.size() ? arguments.get(at + 1) : null;
            if (argument.equals("--")) {
                words.addAll(arguments.subList(at + 1, arguments.size()));
                break;
            }
            boolean tookNext = false;
            if (argument.startsWith("--")) {
                tookNext = name(argument.substring(2), next);
            } else if (argument.startsWith("-") && argument.length() > 1) {
                tookNext = letters(argument.substring(1), next);
            } else {
                words.add(argument);
            }
            at += tookNext ? 2 : 1;
        }
        return new FlagValues(byName, values, words, askedForHelp);
    }

    // What does not fit is passed over there.
    private void takeFrom(Map<String, String> environment, Flag flag) {
        if (flag.kind().name().startsWith("LOG_")) {
            return;
        }
        @Nullable String value =
                environment.get(PREFIX + flag.name().toUpperCase(Locale.ROOT).replace('-', '_'));
        if (value == null) {
            return;
        }
        try {
            set(flag, value);
        } catch (FlagException e) {
            values.remove(key(flag));
        }
    }

    private boolean name(String text, @Nullable String next) throws FlagException {
        if (text.startsWith("-") || text.startsWith("=")) {
            throw new FlagException("bad flag syntax: --" + text);
        }
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        @Nullable Flag flag = byName.get(name);
        if (flag == null) {
            throw new FlagException("unknown flag: --" + name);
        }
        if (equals >= 0) {
            set(flag, text.substring(equals + 1));
            return false;
        }
        if (flag.kind().isSwitch()) {
            set(flag, "true");
            return false;
        }
        if (next == null) {
            throw new FlagException("flag needs an argument: --" + name);
        }
        set(flag, next);
        return true;
    }

    private boolean letters(String text, @Nullable String next) throws FlagException {
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            String rest = text.substring(at + 1);
            @Nullable Flag flag = byLetter.get(letter);
            if (flag == null && letter == 'h') {
                askedForHelp = true;
                return false;
            }
            if (flag == null) {
                throw new FlagException(
                        "unknown shorthand flag: '%c' in -%s"
                                .formatted(letter, text.substring(at)));
            }
            if (rest.length() > 1 && rest.startsWith("=")) {
                set(flag, rest.substring(1));
                return false;
            }
            if (!flag.kind().isSwitch()) {
                if (rest.isEmpty() && next == null) {
                    throw new FlagException(
                            "flag needs an argument: '%c' in -%s"
                                    .formatted(letter, text.substring(at)));
                }
                set(flag, rest.isEmpty() ? next : rest);
                return rest.isEmpty();
            }
            set(flag, "true");
        }
        return false;
    }

    private void set(Flag flag, @Nullable String given) throws FlagException {
        String value = given == null ? "" : given;
        try {
            flag.kind().check(value);
        } catch (FlagException e) {
            throw new FlagException(
                    "invalid argument %s for %s flag: %s"
                            .formatted(
                                    GoText.quoted(value),
                                    GoText.quoted(flag.title()),
                                    e.getMessage()));
        }
        List<String> former = values.computeIfAbsent(key(flag), name -> new ArrayList<>());
        switch (flag.kind()) {
            case LIST -> former.addAll(CommaSeparated.split(value));
            case WORDS -> former.add(value);
            default -> {
                former.clear();
                former.add(value);
            }
        }
        if (flag.name().equals(Flag.ROTATE)) {
            values.put(Flag.ROTATE, List.of(value));
        }
    }

    private static String key(Flag flag) {
        return flag.name().equals(Flag.ROTATE) ? Flag.RE_ENCRYPT : flag.name();
    }
}
