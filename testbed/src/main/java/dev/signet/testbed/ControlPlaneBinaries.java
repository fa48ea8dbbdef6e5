package dev.signet.testbed;

import java.nio.file.Path;
import java.util.List;

/**
 * The two programs of a control plane without controllers.
 *
 * @param apiServer kube-apiserver
 * @param etcd etcd
 */
public record ControlPlaneBinaries(Path apiServer, Path etcd) {

    static final List<String> NAMES = List.of("kube-apiserver", "etcd");

    static ControlPlaneBinaries in(Path folder) {
        return new ControlPlaneBinaries(folder.resolve("kube-apiserver"), folder.resolve("etcd"));
    }
}
