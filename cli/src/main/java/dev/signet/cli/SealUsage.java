package dev.signet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands for {@code signet seal} in the list of commands; {@link Sealing} runs it. */
@Command(
        name = "seal",
        description =
                "Seals Secrets for Git, as kubeseal does; called by the name kubeseal it is one.",
        footer = {
            "",
            "Example:",
            "  signet seal --cert sealing.pem --format yaml -f secret.yaml -w sealed-secret.yaml",
            "",
            "signet seal --help tells its flags."
        })
final class SealUsage implements Callable<Integer> {

    @Override
    public Integer call() {
        return Sealing.run(new String[] {"seal"});
    }
}
