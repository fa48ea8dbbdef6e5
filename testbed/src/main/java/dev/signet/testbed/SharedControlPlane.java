package dev.signet.testbed;

/**
 * One control plane for all tests of a JVM, started when it is first asked for and ended with the
 * JVM. Tests keep apart by taking a namespace each; cluster-wide objects they share.
 */
public final class SharedControlPlane {

    private SharedControlPlane() {}

    /** The control plane, without garbage collector unless somebody has asked for one. */
    public static ControlPlane get() {
        return Holder.PLANE;
    }

    /** The same control plane, with a garbage collector from now on. */
    public static ControlPlane withGarbageCollector() {
        Holder.PLANE.startGarbageCollector();
        return Holder.PLANE;
    }

    /** Makes a namespace that nobody else has and returns its name. */
    public static String freshNamespace() {
        return Holder.PLANE.api().freshNamespace("test");
    }

    // Its processes and files go with the JVM by themselves: see GuardedProcess and Workspace.
    private static final class Holder {
        static final ControlPlane PLANE = ControlPlane.builder(Binaries.discover()).start();
    }
}
