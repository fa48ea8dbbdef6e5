package dev.signet.testbed;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The process of an {@link AwsEmulator}, with its folder. */
final class EmulatorProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Workspace workspace;
    private final GuardedProcess process;
    private final URI address;

    private EmulatorProcess(Workspace workspace, GuardedProcess process, URI address) {
        this.workspace = workspace;
        this.process = process;
        this.address = address;
    }

    /**
     * Starts a Python module and returns once it serves.
     *
     * @param path a page that is answered with 200
     */
    static EmulatorProcess start(
            String name,
            PythonProgram program,
            int port,
            List<String> words,
            Map<String, String> env,
            String path) {
        Workspace workspace = Workspace.create(name);
        try {
            Path log = workspace.file(name + ".log");
            List<String> command = new ArrayList<>(List.of(program.python().toString(), "-m"));
            command.addAll(words);
            Map<String, String> all = new HashMap<>(env);
            all.put("PYTHONPATH", program.packages().toString());
            all.put("PYTHONDONTWRITEBYTECODE", "1");
            GuardedProcess process =
                    GuardedProcess.start(name, log, workspace.folder(), all, command);
            try {
                URI address = URI.create("http://127.0.0.1:" + port);
                JsonHttp http = JsonHttp.to(address, "");
                Waiting.until(
                        "starting " + name,
                        LIMIT,
                        List.of(process),
                        () ->
                                Ports.answers(port)
                                        && http.send("GET", path, null, "").status() == 200);
                return new EmulatorProcess(workspace, process, address);
            } catch (RuntimeException | Error e) {
                process.stop();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            workspace.close();
            throw e;
        }
    }

    URI address() {
        return address;
    }

    void pause() {
        process.pause();
    }

    void resume() {
        process.resume();
    }

    @Override
    public void close() {
        try (workspace) {
            process.stop();
        }
    }
}
