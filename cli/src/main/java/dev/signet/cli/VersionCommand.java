package dev.signet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        description = "Prints the versions of Signet and of the Java runtime.",
        footer = {"", "Example:", "  signet version -o json"})
final class VersionCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE}).",
            defaultValue = "text",
            converter = Converters.OfFormat.class)
    private OutputFormat format;

    /** What {@code --version} prints. */
    static final class Provider implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            return new String[] {signet()};
        }
    }

    @Override
    public Integer call() throws IOException {
        String version = signet();
        String java = Runtime.version().toString();
        spec.commandLine()
                .getOut()
                .println(
                        switch (format) {
                            case TEXT -> "signet %s (Java %s)".formatted(version, java);
                            case JSON ->
                                    "{\"signet\":\"%s\",\"java\":\"%s\"}".formatted(version, java);
                        });
        return Main.DONE;
    }

    static String signet() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = VersionCommand.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IOException("version.properties is not on the class path");
            }
            properties.load(in);
        }
        return properties.getProperty("version");
    }
}
