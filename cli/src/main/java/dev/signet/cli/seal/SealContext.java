package dev.signet.cli.seal;

import java.io.InputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/**
 * What a command has of the world around it.
 *
 * @param program as it was called: {@code kubeseal} or {@code signet seal}
 * @param version of Signet
 * @param environment its variables
 * @param in standard input
 * @param out standard output, for data alone
 * @param err standard error, for all else
 */
public record SealContext(
        String program,
        String version,
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Clock clock,
        SecureRandom random) {

    /** The name under which all is as with Bitnami's tool, its usage errors included. */
    public static final String KUBESEAL = "kubeseal";

    /** The environment is copied. */
    public SealContext {
        environment = Map.copyOf(environment);
    }

    /**
     * The exit code of a command that is done: a print stream keeps silent about what it could not
     * write, and a file that is cut short must not pass for the whole.
     *
     * @param status the code where all was written
     * @param prefix of the line that tells otherwise
     */
    int ended(int status, String prefix) {
        if (!out.checkError()) {
            return status;
        }
        err.println(prefix + "standard output could not be written as a whole");
        return status == 0 ? 1 : status;
    }

    boolean isKubeseal() {
        return program.equals(KUBESEAL);
    }

    /** Not the environment, which may hold a token. */
    @Override
    public String toString() {
        return program + " " + version;
    }
}
