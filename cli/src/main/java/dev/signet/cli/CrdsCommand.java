package dev.signet.cli;

import dev.signet.api.CrdFile;
import dev.signet.api.Crds;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "crds",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        description = "Prints the CustomResourceDefinitions, as one YAML stream.",
        footer = {"", "Example:", "  signet crds | kubectl apply --server-side -f -"})
final class CrdsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (CrdFile crd : Crds.all()) {
            String yaml = crd.yaml();
            if (!yaml.startsWith("---")) {
                out.println("---");
            }
            out.print(yaml.endsWith("\n") ? yaml : yaml + "\n");
        }
        out.flush();
        return Main.DONE;
    }
}
