package dev.signet.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands that end at once, one behind the other in one process, so that the JVM can write
 * down what they load. The build starts it; see {@code src/main/image/train}.
 */
public final class Rehearsal {

    private static final String NEXT = "+";

    private Rehearsal() {}

    /** Runs the commands, which a word {@code +} parts, up to the first that fails. */
    public static void main(String[] args) {
        List<String> command = new ArrayList<>();
        int status = Main.DONE;
        for (String word : args) {
            if (!word.equals(NEXT)) {
                command.add(word);
                continue;
            }
            status = status == Main.DONE ? run(command) : status;
            command.clear();
        }
        Main.end(status == Main.DONE ? run(command) : status);
    }

    private static int run(List<String> command) {
        return Main.run(command.toArray(String[]::new));
    }
}
