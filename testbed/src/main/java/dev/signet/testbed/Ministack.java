package dev.signet.testbed;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The AWS emulator ministack.
 *
 * <p>Stages move and secrets rotate as they should. Some filters of lists match everything, and
 * those by a parameter's tags are not heeded; {@link Moto} has these right.
 */
public final class Ministack implements AwsEmulator {

    private final EmulatorProcess process;

    private Ministack(EmulatorProcess process) {
        this.process = process;
    }

    /**
     * Starts a server; installs it first if need be.
     *
     * @throws TestbedException with the last lines of its log when it does not start
     */
    public static Ministack start(Binaries binaries) {
        int port = Ports.free();
        return new Ministack(
                EmulatorProcess.start(
                        "ministack",
                        binaries.python(PythonPackages.MINISTACK),
                        port,
                        List.of("ministack"),
                        // It would else listen on every address.
                        Map.of("BIND_HOST", "127.0.0.1", "GATEWAY_PORT", Integer.toString(port)),
                        "/_ministack/health"));
    }

    @Override
    public URI address() {
        return process.address();
    }

    @Override
    public void pause() {
        process.pause();
    }

    @Override
    public void resume() {
        process.resume();
    }

    @Override
    public void close() {
        process.close();
    }
}
