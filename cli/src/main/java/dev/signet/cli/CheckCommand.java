package dev.signet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.signet.cli.check.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        description = {
            "Finds plaintext Secrets before they are committed.",
            "In a Git repository it looks at what is tracked or staged, elsewhere at all YAML and JSON files. Ends with 1 where it finds one, and never prints a value.",
            "A comment '# signet:allow' in a document allows it. Empty values, placeholders like <password> or $${PASSWORD}, expressions of templates and values encrypted by SOPS are no findings."
        },
        footer = {
            "",
            "Example:",
            "  signet check                        all of this repository",
            "  signet check applications/litellm   one folder of it",
            "As a hook: put 'exec signet check' into .git/hooks/pre-commit"
        })
final class CheckCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Files and folders (default: the current folder).")
    private List<Path> paths = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE}).",
            defaultValue = "text",
            converter = Converters.OfFormat.class)
    private OutputFormat format;

    @Override
    public Integer call() throws CommandFailedException, JsonProcessingException {
        List<Finding> findings = Checking.findings(paths);
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> findings.forEach(finding -> out.println(finding.text()));
            case JSON -> out.println(json(findings));
        }
        out.flush();
        return findings.isEmpty() ? Main.DONE : Main.FAILED;
    }

    private static String json(List<Finding> findings) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode all = mapper.createArrayNode();
        for (Finding finding : findings) {
            var one =
                    all.addObject()
                            .put("file", finding.file().toString())
                            .put("line", finding.line())
                            .put("staged", finding.staged())
                            .put("name", finding.name());
            finding.keys().forEach(one.putArray("keys")::add);
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all);
    }
}
