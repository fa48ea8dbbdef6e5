package dev.signet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.signet.cli.keys.KeyFile;
import dev.signet.cli.keys.KeyStore;
import dev.signet.cli.keys.KeyTable;
import dev.signet.cli.keys.KeysException;
import dev.signet.cli.keys.Restored;
import dev.signet.cli.keys.StoredKey;
import dev.signet.operator.StartupException;
import dev.signet.sealed.UnsealingKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Lists, saves, brings back and renews the keys of sealed values in the cluster of KUBECONFIG."
        },
        subcommands = {
            KeysCommand.ListKeys.class,
            KeysCommand.Backup.class,
            KeysCommand.Restore.class,
            KeysCommand.Renew.class
        },
        footer = {
            "",
            "Example:",
            "  signet keys backup ~/course-keys.yaml    before: minikube delete",
            "  signet keys restore ~/course-keys.yaml   after:  minikube start"
        })
final class KeysCommand implements Runnable {

    private static final String STDIO = "-";

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command is given");
    }

    /** Where the keys are. */
    static final class Place {

        @Option(
                names = "--controller-namespace",
                paramLabel = "NAMESPACE",
                defaultValue = "kube-system",
                converter = Converters.OfNamespace.class,
                description = "Namespace of the operator (default: ${DEFAULT-VALUE}).")
        private String namespace = "";

        @Option(
                names = "--key-prefix",
                paramLabel = "NAME",
                defaultValue = "sealed-secrets-key",
                description =
                        "What the names of its key Secrets begin with (default: ${DEFAULT-VALUE}).")
        private String prefix = "";

        KeyStore in(KubernetesClient client) {
            return new KeyStore(client, namespace, prefix, Clock.systemUTC());
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            versionProvider = VersionCommand.Provider.class,
            description = "Lists the keys, and says which of them seals.")
    static final class ListKeys implements Callable<Integer> {
        @Spec private CommandSpec spec;
        @Mixin private Place place;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                description = "text or json (default: ${DEFAULT-VALUE}).",
                defaultValue = "text",
                converter = Converters.OfFormat.class)
        private OutputFormat format;

        @Override
        public Integer call() throws StartupException, JsonProcessingException {
            try (KubernetesClient client = Clusters.fromEnvironment()) {
                KeyStore keys = place.in(client);
                List<StoredKey> all = keys.list();
                KeyTable table = new KeyTable(all, keys.sealing(), Clock.systemUTC());
                PrintWriter out = spec.commandLine().getOut();
                switch (format) {
                    case TEXT -> table.lines().forEach(out::println);
                    case JSON -> out.println(table.json());
                }
                out.flush();
                return Main.DONE;
            }
        }
    }

    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            versionProvider = VersionCommand.Provider.class,
            description = {
                "Saves all keys, as YAML that this command, kubectl apply -f and kubeseal --recovery-private-key read.",
                "Who has this file can open all sealed values: it is written for its owner alone, and not to where Git keeps it."
            })
    static final class Backup implements Callable<Integer> {
        @Spec private CommandSpec spec;
        @Mixin private Place place;

        @Parameters(
                paramLabel = "FILE",
                arity = "0..1",
                description =
                        "Where to; - for standard output, which is also where it goes if that is no terminal.")
        private String file = "";

        @Option(
                names = "--force",
                description = "Replace a file that is there, and write into a Git repository.")
        private boolean force;

        @Override
        public Integer call()
                throws StartupException, CommandFailedException, InterruptedException {
            if (file.isEmpty() && isTerminal()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "keys are not printed on a terminal: name a FILE, or - if that is meant");
            }
            try (KubernetesClient client = Clusters.fromEnvironment()) {
                KeyStore keys = place.in(client);
                List<Secret> saved = keys.backup();
                if (saved.isEmpty()) {
                    throw new CommandFailedException(
                            "there is no key in namespace %s; name another with --controller-namespace"
                                    .formatted(keys.namespace()));
                }
                String yaml = KeyFile.yaml(saved, client);
                if (file.isEmpty() || file.equals(STDIO)) {
                    spec.commandLine().getOut().print(yaml);
                    spec.commandLine().getOut().flush();
                } else {
                    KeyFile.write(Path.of(file), yaml, force);
                    spec.commandLine()
                            .getErr()
                            .println("%s saved in %s".formatted(count(saved.size()), file));
                }
                return Main.DONE;
            } catch (KeysException e) {
                throw new CommandFailedException(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw new CommandFailedException(
                        "%s cannot be written; name a file in a folder that is yours"
                                .formatted(file));
            }
        }

        // The JVM tells of a terminal only where input is one too.
        private static boolean isTerminal() throws InterruptedException {
            try {
                return new ProcessBuilder("test", "-t", "1")
                                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                                .start()
                                .waitFor()
                        == 0;
            } catch (IOException e) {
                return true;
            }
        }
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            versionProvider = VersionCommand.Provider.class,
            description = {
                "Brings saved keys back. Keys that are there stay; the operator notices at once and opens what waits for them."
            })
    static final class Restore implements Callable<Integer> {
        @Spec private CommandSpec spec;
        @Mixin private Place place;

        @Parameters(
                paramLabel = "FILE",
                arity = "1..*",
                description = "What 'signet keys backup' wrote; - for standard input.")
        private List<String> files = List.of();

        @Option(
                names = "--force",
                description =
                        "Bring a key back whose name another one has: under a new name, or in place of one that is broken or labelled otherwise.")
        private boolean force;

        @Override
        public Integer call() throws StartupException, CommandFailedException {
            try (KubernetesClient client = Clusters.fromEnvironment()) {
                KeyStore keys = place.in(client);
                List<Secret> saved = new ArrayList<>();
                for (String file : files) {
                    saved.addAll(KeyFile.read(bytes(file), file, client));
                }
                PrintWriter out = spec.commandLine().getOut();
                List<Restored> all = new ArrayList<>();
                for (Secret each : saved) {
                    Restored restored = keys.restore(each, force);
                    all.add(restored);
                    out.println(
                            "%s %s: %s"
                                    .formatted(
                                            restored.name(),
                                            restored.what().word(),
                                            restored.detail()));
                }
                tellSealing(keys, out);
                confirm(all);
                return Main.DONE;
            } catch (KeysException e) {
                throw new CommandFailedException(String.valueOf(e.getMessage()));
            }
        }

        private static void confirm(List<Restored> all) throws CommandFailedException {
            if (all.stream().anyMatch(each -> each.what() == Restored.What.DIFFERENT)) {
                throw new CommandFailedException(
                        "not every key was restored; --force brings a key back whose name another one has");
            }
            if (all.stream().anyMatch(Restored::isFailure)) {
                throw new CommandFailedException(
                        "not every key was restored; what was saved is broken");
            }
            if (all.stream().noneMatch(Restored::isKey)) {
                throw new CommandFailedException(
                        "no key was restored; name a file that 'signet keys backup' wrote");
            }
        }

        private static byte[] bytes(String file) throws CommandFailedException {
            try {
                return file.equals(STDIO)
                        ? System.in.readAllBytes()
                        : Files.readAllBytes(Path.of(file));
            } catch (IOException e) {
                throw new CommandFailedException(
                        "%s cannot be read; check the path".formatted(file));
            }
        }
    }

    @Command(
            name = "renew",
            mixinStandardHelpOptions = true,
            versionProvider = VersionCommand.Provider.class,
            description = {
                "Makes a new key, with which values are sealed from now on. Older keys stay, and open what they opened."
            })
    static final class Renew implements Callable<Integer> {
        @Spec private CommandSpec spec;
        @Mixin private Place place;

        @Option(
                names = "--key-size",
                paramLabel = "BITS",
                defaultValue = "4096",
                converter = Converters.OfCount.class,
                description = "Bits of the key (default: ${DEFAULT-VALUE}).")
        private int bits;

        @Option(
                names = "--key-ttl",
                paramLabel = "DURATION",
                defaultValue = "87600h",
                converter = Converters.OfDuration.class,
                description = "Life of its certificate (default: ${DEFAULT-VALUE}).")
        private Duration life = Duration.ZERO;

        @Option(
                names = "--my-cn",
                paramLabel = "NAME",
                defaultValue = "",
                description = "Common name in its certificate (default: none).")
        private String commonName = "";

        @Override
        public Integer call() throws StartupException {
            if (bits < 2048 || bits > 16_384) {
                throw new ParameterException(
                        spec.commandLine(), "--key-size is not between 2048 and 16384");
            }
            try (KubernetesClient client = Clusters.fromEnvironment()) {
                KeyStore keys = place.in(client);
                UnsealingKey made = keys.renew(bits, life, commonName);
                PrintWriter out = spec.commandLine().getOut();
                out.println("new key " + made.fingerprint());
                tellSealing(keys, out);
                return Main.DONE;
            }
        }
    }

    private static void tellSealing(KeyStore keys, PrintWriter out) {
        Optional<UnsealingKey> sealing = keys.sealing();
        out.println(
                sealing.map(key -> "values are sealed with %s now".formatted(key))
                        .orElse("there is no key that seals"));
        out.flush();
    }

    private static String count(int keys) {
        return keys == 1 ? "1 key" : keys + " keys";
    }
}
