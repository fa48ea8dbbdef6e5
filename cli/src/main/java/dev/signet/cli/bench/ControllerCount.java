package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads one count from a scrape: of the controller of ExternalSecrets, under the names that
 * controller-runtime gives, or of the whole process.
 *
 * <p>A scrape also tells of every object, which would cost the operator more than the work that is
 * measured. So reading stops behind the count.
 */
final class ControllerCount {

    static final String RECONCILES = "controller_runtime_reconcile_total";
    static final String ERRORS = "controller_runtime_reconcile_errors_total";

    private static final Pattern OTHER_CONTROLLER =
            Pattern.compile("controller=\"(?!externalsecret\")");

    private ControllerCount() {}

    /**
     * The sum of the samples of this name, without those of other controllers; empty if there are
     * none. Closes the stream.
     */
    static OptionalLong read(InputStream scrape, String name) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(scrape, UTF_8))) {
            double sum = 0;
            boolean found = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(name + "{") || line.startsWith(name + " ")) {
                    if (!OTHER_CONTROLLER.matcher(line).find()) {
                        found = true;
                        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                    }
                } else if (found) {
                    break;
                }
            }
            return found ? OptionalLong.of(Math.round(sum)) : OptionalLong.empty();
        }
    }
}
