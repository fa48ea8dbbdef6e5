package dev.signet.testbed;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The AWS emulator moto.
 *
 * <p>It keeps accounts and regions apart. After a stage was moved it goes on answering with the old
 * value, and a rotation without a function leaves a secret that cannot be read; {@link Ministack}
 * has both right.
 */
public final class Moto implements AwsEmulator {

    private final EmulatorProcess process;

    private Moto(EmulatorProcess process) {
        this.process = process;
    }

    /**
     * Starts a server; installs it first if need be.
     *
     * @throws TestbedException with the last lines of its log when it does not start
     */
    public static Moto start(Binaries binaries) {
        int port = Ports.free();
        return new Moto(
                EmulatorProcess.start(
                        "moto",
                        binaries.python(PythonPackages.MOTO),
                        port,
                        List.of("moto.server", "-H", "127.0.0.1", "-p", Integer.toString(port)),
                        Map.of(),
                        "/moto-api/"));
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
