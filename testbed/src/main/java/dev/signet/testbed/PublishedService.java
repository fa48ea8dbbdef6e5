package dev.signet.testbed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Service in the cluster that leads to a server on this machine, so that the API server's service
 * proxy reaches it, as kubeseal does. It consists of the Service, of a Pod that never ran, and of
 * the Endpoints that refer to it: an API server proxies to an address only if that is the address
 * of a Pod in the same namespace, and no loopback one.
 *
 * @param namespace of the Service
 * @param name of the Service
 * @param portName of its only port; empty for an unnamed one
 * @param address of this machine, where the server is to listen
 * @param port there
 */
public record PublishedService(
        String namespace, String name, String portName, String address, int port) {

    private static final int SERVICE_PORT = 8080;
    private static final String AT_ONCE = "?gracePeriodSeconds=0";

    /**
     * Chooses where a server is to listen; nothing is made yet.
     *
     * @throws TestbedException where this machine has no address but loopback ones
     */
    public static PublishedService choose(String namespace, String name, String portName) {
        String address = OwnAddress.get();
        return new PublishedService(
                namespace, name, portName, address, OwnAddress.freePort(address));
    }

    /** Another Service for the same server. */
    public PublishedService as(String otherName, String otherPortName) {
        return new PublishedService(namespace, otherName, otherPortName, address, port);
    }

    /** Address and port, as in a flag of a server. */
    public String listen() {
        return OwnAddress.withPort(address, port);
    }

    /** Makes the objects; those of the same name that are there are replaced. */
    public PublishedService publish(KubeApi api) {
        withdraw(api);
        api.create(core("services"), service());
        api.create(
                core("pods"),
                Map.of(
                        "metadata",
                        Map.of("name", name),
                        "spec",
                        Map.of(
                                "nodeName",
                                "nowhere",
                                "containers",
                                List.of(Map.of("name", "server", "image", "none")))));
        api.patch(
                core("pods/" + name + "/status"),
                Map.of(
                        "status",
                        Map.of(
                                "phase",
                                "Running",
                                "podIP",
                                address,
                                "podIPs",
                                List.of(Map.of("ip", address)))));
        api.create(core("endpoints"), endpoints());
        return this;
    }

    /**
     * Lets everybody whom the API server knows reach it, with the rules that Bitnami's installation
     * has and no more.
     */
    public PublishedService openToAll(KubeApi api) {
        String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace + "/";
        String role = name + "-service-proxier";
        api.delete(rbac + "roles/" + role);
        api.delete(rbac + "rolebindings/" + role);
        List<String> proxied = List.of("http:" + name + ":", "http:" + name + ":http", name);
        api.create(
                rbac + "roles",
                Map.of(
                        "metadata",
                        Map.of("name", role),
                        "rules",
                        List.of(
                                new RbacRule(
                                        List.of(""),
                                        List.of("services"),
                                        List.of("get"),
                                        List.of(name)),
                                new RbacRule(
                                        List.of(""),
                                        List.of("services/proxy"),
                                        List.of("create", "get"),
                                        proxied))));
        api.create(
                rbac + "rolebindings",
                Map.of(
                        "metadata",
                        Map.of("name", role),
                        "roleRef",
                        Map.of(
                                "apiGroup",
                                "rbac.authorization.k8s.io",
                                "kind",
                                "Role",
                                "name",
                                role),
                        "subjects",
                        List.of(
                                Map.of(
                                        "apiGroup",
                                        "rbac.authorization.k8s.io",
                                        "kind",
                                        "Group",
                                        "name",
                                        "system:authenticated"))));
        return this;
    }

    /** Removes Service, Pod and Endpoints; what is not there is fine. */
    public void withdraw(KubeApi api) {
        api.delete(core("endpoints/" + name));
        api.delete(core("pods/" + name + AT_ONCE));
        api.delete(core("services/" + name));
    }

    /** What the API server's proxy gets for a path, as {@code api}'s user. */
    public ApiReply ask(KubeApi api, String path) {
        return api.send(
                "GET", core("services/http:" + name + ":" + portName + "/proxy" + path), null);
    }

    Map<String, Object> service() {
        Map<String, Object> one = named("port", SERVICE_PORT);
        one.put("targetPort", port);
        return Map.of("metadata", Map.of("name", name), "spec", Map.of("ports", List.of(one)));
    }

    Map<String, Object> endpoints() {
        return Map.of(
                "metadata",
                Map.of("name", name),
                "subsets",
                List.of(
                        Map.of(
                                "addresses",
                                List.of(
                                        Map.of(
                                                "ip",
                                                address,
                                                "targetRef",
                                                Map.of(
                                                        "kind",
                                                        "Pod",
                                                        "namespace",
                                                        namespace,
                                                        "name",
                                                        name))),
                                "ports",
                                List.of(named("port", port)))));
    }

    private Map<String, Object> named(String key, int value) {
        Map<String, Object> all = new HashMap<>();
        all.put(key, value);
        if (!portName.isEmpty()) {
            all.put("name", portName);
        }
        return all;
    }

    private String core(String what) {
        return "/api/v1/namespaces/" + namespace + "/" + what;
    }
}
