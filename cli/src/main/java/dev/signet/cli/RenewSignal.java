package dev.signet.cli;

import java.lang.reflect.Proxy;

/**
 * Listens for SIGUSR1, with which Bitnami's controller is told to make a new key. The JDK has no
 * supported way to listen for a signal; its unsupported one is asked for by name, because the
 * compiler warns of every use of it.
 */
final class RenewSignal {

    private RenewSignal() {}

    /**
     * Runs {@code renew} at each signal from now on.
     *
     * @return whether this platform has such a signal
     */
    static boolean listen(Runnable renew) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object onSignal =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("handle")) {
                                    renew.run();
                                }
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("USR1"),
                            onSignal);
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }
}
