package dev.signet.cli.seal;

import dev.signet.cli.manifest.GoText;
import dev.signet.sealed.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the value of a flag may be. */
enum FlagKind {
    /** Anything. */
    TEXT("string"),
    /** True or false; true where no value is given. */
    BOOLEAN(""),
    /** Words between commas; each use of the flag adds to them. */
    LIST("strings"),
    /** One word for each use of the flag. */
    WORDS("stringArray"),
    /** A scope. */
    SCOPE("string"),
    /** A boolean of the log library, taken and passed over. */
    LOG_BOOLEAN(""),
    /** A verbosity. */
    LOG_LEVEL("Level"),
    /** A severity, by number or name. */
    LOG_SEVERITY("severity"),
    /** A size. */
    LOG_SIZE("uint"),
    /** Verbosity by file. */
    LOG_MODULES("moduleSpec"),
    /** A line of code. */
    LOG_TRACE("traceLocation");

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");
    private static final List<String> SEVERITIES = List.of("INFO", "WARNING", "ERROR", "FATAL");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,9}");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,19}|0[xX][0-9a-fA-F]{1,16}");
    private static final Pattern MODULES = Pattern.compile("(?:[^=,]+=-?[0-9]{1,9},?)*");
    private static final Pattern TRACE = Pattern.compile("(?:[^:]+\\.[^:]+:[1-9][0-9]{0,8})?");
    private static final String PARSE_INT = "strconv.ParseInt: parsing %s: invalid syntax";

    private final String placeholder;

    FlagKind(String placeholder) {
        this.placeholder = placeholder;
    }

    /** Stands for the value in the help; empty for switches. */
    String placeholder() {
        return placeholder;
    }

    /** Whether the flag may stand alone, which then means true. */
    boolean isSwitch() {
        return this == BOOLEAN || this == LOG_BOOLEAN;
    }

    static boolean isTrue(String value) {
        return TRUE.contains(value);
    }

    /**
     * Looks at a value.
     *
     * @throws FlagException with what is wrong with it
     */
    void check(String value) throws FlagException {
        switch (this) {
            case TEXT, WORDS -> {}
            case LIST -> CommaSeparated.split(value);
            case BOOLEAN ->
                    require(
                            TRUE.contains(value) || FALSE.contains(value),
                            "strconv.ParseBool: parsing %s: invalid syntax"
                                    .formatted(GoText.quoted(value)));
            case LOG_BOOLEAN ->
                    require(TRUE.contains(value) || FALSE.contains(value), "parse error");
            case SCOPE ->
                    require(
                            value.isEmpty() || Scope.ofWord(value).isPresent(),
                            "must be one of: strict, namespace-wide, cluster-wide");
            case LOG_LEVEL ->
                    require(
                            WHOLE.matcher(value).matches(),
                            PARSE_INT.formatted(GoText.quoted(value)));
            case LOG_SEVERITY ->
                    require(
                            SEVERITIES.contains(value.toUpperCase(Locale.ROOT))
                                    || WHOLE.matcher(value).matches(),
                            PARSE_INT.formatted(GoText.quoted(value)));
            case LOG_SIZE -> require(SIZE.matcher(value).matches(), "parse error");
            case LOG_MODULES ->
                    require(
                            MODULES.matcher(value).matches(),
                            "syntax error: expect comma-separated list of filename=N");
            case LOG_TRACE ->
                    require(TRACE.matcher(value).matches(), "syntax error: expect file.go:234");
        }
    }

    private static void require(boolean fits, String otherwise) throws FlagException {
        if (!fits) {
            throw new FlagException(otherwise);
        }
    }
}
