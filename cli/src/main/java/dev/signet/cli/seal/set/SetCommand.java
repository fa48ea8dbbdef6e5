package dev.signet.cli.seal.set;

import dev.signet.cli.seal.SealContext;
import dev.signet.cli.seal.SealException;
import dev.signet.cli.seal.SealTools;
import dev.signet.cli.seal.SecretSealer;
import dev.signet.cli.seal.dir.SealedFile;
import dev.signet.sealed.Scope;
import java.io.ByteArrayInputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code signet seal set}. */
public final class SetCommand {

    private static final String SCOPE = "scope";

    private static final String HELP =
            """
            Usage: signet seal set KEY=VALUE... -w FILE [--name NAME]
            Adds or replaces values of the SealedSecret in FILE, YAML or JSON. All else of the file stays as it is.
            The file tells name, namespace and scope. One in a wider scope than strict is changed only with the same --scope.
              KEY=VALUE    the value, which others on this machine may see in the list of processes
              KEY=@FILE    all bytes of a file
              KEY          all bytes of standard input, or asked for on a terminal; a value that begins
                           with @ goes this way

            Examples:
              printf %s "$TOKEN" | signet seal set TOKEN -w templates/sealed-app.yaml
              signet seal set user=app tls.key=@key.pem -w sealed.yaml

            """;

    private SetCommand() {}

    /** Runs it, and returns the exit code of the process. */
    public static int run(SealContext context, List<String> words) {
        return SealTools.run(
                context,
                "seal set",
                HELP,
                List.of("sealed-secret-file", "name", SCOPE),
                words,
                SetCommand::set);
    }

    private static void set(SealTools tools)
            throws SealException, SealTools.Misused, InterruptedException {
        List<Setting> settings = settings(tools.flags().words());
        if (tools.file().isEmpty()) {
            throw new SealTools.Misused("-w FILE is missing");
        }
        Path file = Path.of(tools.file());
        ValueSetter setter =
                new ValueSetter(new SecretSealer(tools.certificate(), tools.context().random()));
        String before = text(file);
        try {
            ValueSetter.Changed changed =
                    setter.<SealException>set(
                            before,
                            tools.name(),
                            settings,
                            input(tools, settings),
                            expected(tools),
                            tools::namespace);
            SealedFile.replace(file, changed.text());
            tell(tools, file, changed);
        } catch (SetException e) {
            throw new SealException("%s %s".formatted(file, e.getMessage()));
        } catch (IOException e) {
            throw new SealException("%s cannot be written".formatted(file));
        }
    }

    private static List<Setting> settings(List<String> words) throws SealTools.Misused {
        List<Setting> settings = new ArrayList<>();
        try {
            for (String word : words) {
                settings.add(Setting.parse(word));
            }
        } catch (SetException e) {
            throw new SealTools.Misused(String.valueOf(e.getMessage()));
        }
        if (settings.isEmpty()) {
            throw new SealTools.Misused("no KEY=VALUE is given");
        }
        if (settings.stream().filter(Setting::readsInput).count() > 1) {
            throw new SealTools.Misused("only one KEY can be read from standard input");
        }
        return settings;
    }

    // The environment of a team tells what is usual there, and the command line what is meant here.
    private static Expected expected(SealTools tools) {
        @Nullable String usual = tools.context().environment().get("SEALED_SECRETS_SCOPE");
        Set<Scope> scopes = new HashSet<>();
        Optional<String> given = tools.flags().given(SCOPE);
        given.flatMap(Scope::ofWord).ifPresent(scopes::add);
        if (given.isEmpty() || given.get().equals(usual)) {
            scopes.add(Scope.STRICT);
        }
        return new Expected(scopes, tools.flags().text("namespace"));
    }

    private static InputStream input(SealTools tools, List<Setting> settings) throws SealException {
        Optional<Setting> asked = settings.stream().filter(Setting::readsInput).findFirst();
        if (asked.isEmpty() || !tools.isInputTerminal()) {
            return tools.context().in();
        }
        // Read otherwise, it would be shown, and end with a line end.
        Console console =
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .orElseThrow(() ->
                                new SealException(
                                        "the value of %s cannot be asked for while standard output is no terminal"
                                                .formatted(asked.get().key())));
        char[] typed = console.readPassword("Value (not shown): ");
        CharBuffer value = CharBuffer.wrap(typed == null ? new char[0] : typed);
        try {
            Setting.refuseLost(asked.get().key(), value);
        } catch (SetException e) {
            throw new SealException(String.valueOf(e.getMessage()));
        }
        return new ByteArrayInputStream(value.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Path file) throws SealException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SealException("%s is not UTF-8".formatted(file));
        } catch (IOException e) {
            throw new SealException("%s cannot be read; check -w".formatted(file));
        }
    }

    private static void tell(SealTools tools, Path file, ValueSetter.Changed changed) {
        var err = tools.context().err();
        if (changed.isNamespaceAssumed()) {
            err.println(
                    "%s names no namespace: sealed for namespace %s"
                            .formatted(file, changed.namespace()));
        }
        changed.withLineEnd()
                .forEach(key ->
                        err.println(
                                "the value of %s ends with a line end, which is part of it now"
                                        .formatted(key)));
        changed.empty().forEach(key -> err.println("the value of %s is empty".formatted(key)));
        List<String> done = new ArrayList<>();
        if (!changed.replaced().isEmpty()) {
            done.add("replaced " + String.join(", ", changed.replaced()));
        }
        if (!changed.added().isEmpty()) {
            done.add("added " + String.join(", ", changed.added()));
        }
        done.add("sealed for " + changed.place());
        err.println("%s: %s".formatted(file, String.join("; ", done)));
    }
}
