package dev.signet.provider.kubernetes;

import dev.signet.api.store.KubernetesServer;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ContractCase;
import dev.signet.provider.contract.ContractReferences;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.provider.contract.Rotation;
import dev.signet.provider.contract.Trouble;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.Fault;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.RbacRule;
import dev.signet.testbed.ServiceAccountUser;
import dev.signet.testbed.SharedControlPlane;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The second cluster is a real API server with RBAC; the first one is played by a map. */
class KubernetesContractIT implements ProviderContract {

    private static Backend backend;

    @BeforeAll
    static void start() {
        ControlPlane plane = SharedControlPlane.get();
        String namespace = SharedControlPlane.freshNamespace();
        backend =
                new Backend(
                        plane,
                        namespace,
                        FaultProxy.before(plane),
                        plane.api()
                                .serviceAccount(
                                        namespace,
                                        "reader",
                                        List.of(RbacRule.of("", "secrets", "get", "list"))),
                        plane.api().serviceAccount(namespace, "nobody", List.of()));
    }

    @AfterAll
    static void stop() {
        backend.proxy().close();
    }

    @Override
    public ContractBackend backend() {
        return backend;
    }

    private record Backend(
            ControlPlane plane,
            String namespace,
            FaultProxy proxy,
            ServiceAccountUser reader,
            ServiceAccountUser nobody)
            implements ContractBackend {

        @Override
        public String name() {
            return "Kubernetes";
        }

        @Override
        public Map<ContractCase, String> lacks() {
            return Map.of(
                    ContractCase.VERSION, "a Kubernetes Secret has no older versions",
                    ContractCase.UNICODE, "a key of a Kubernetes Secret is ASCII");
        }

        @Override
        public SecretClient open() {
            return open(Specs.server(plane), references(reader));
        }

        private SecretClient open(KubernetesServer server, ContractReferences references) {
            return new KubernetesSecretProvider()
                    .open(Specs.byToken(server, namespace), references.context());
        }

        private static ContractReferences references(ServiceAccountUser user) {
            return new ContractReferences(
                    Map.of(Specs.TOKEN, SecretValue.ofUtf8(user.token() + "\n")));
        }

        @Override
        public SecretClient openIn(Trouble trouble) {
            return switch (trouble) {
                case DENIED -> open(Specs.server(plane), references(nobody));
                case UNREACHABLE -> {
                    FaultProxy gone = FaultProxy.before(plane);
                    gone.close();
                    yield open(Specs.server(gone.address().toString()), references(reader));
                }
                case BUSY -> through(Fault.kubernetes(429, "TooManyRequests"));
                case SILENT -> through(new Fault.Silence());
            };
        }

        private SecretClient through(Fault fault) {
            proxy.mend();
            proxy.add(request -> true, fault);
            return open(Specs.server(proxy.address().toString()), references(reader));
        }

        /** A token ends with its ServiceAccount. */
        @Override
        public Rotation openRotating() {
            ServiceAccountUser first =
                    plane.api()
                            .serviceAccount(
                                    namespace,
                                    "rotated",
                                    List.of(RbacRule.of("", "secrets", "get")));
            ContractReferences references = references(first);
            return Rotation.of(
                    open(Specs.server(plane), references),
                    () -> {
                        references.put(Specs.TOKEN, SecretValue.ofUtf8(reader.token()));
                        plane.api()
                                .delete(
                                        "/api/v1/namespaces/%s/serviceaccounts/rotated"
                                                .formatted(namespace));
                    });
        }

        @Override
        public void put(String key, String json) throws Exception {
            put(key, Seeds.data(json), Map.of());
        }

        private void put(String key, Map<String, String> data, Map<String, String> labels) {
            String path = "/api/v1/namespaces/%s/secrets".formatted(namespace);
            plane.api().delete(path + "/" + key);
            plane.api()
                    .create(
                            path,
                            Map.of(
                                    "metadata",
                                    Map.of("name", key, "labels", labels),
                                    "data",
                                    new TreeMap<>(data)));
        }

        @Override
        public String putTagged(String key, String json, String tag, String value)
                throws Exception {
            put(key, Seeds.data(json), Map.of(tag, value));
            return "labels." + tag;
        }

        @Override
        public RemoteRef putBinary(String key, byte[] value) {
            put(key, Map.of("bytes", Base64.getEncoder().encodeToString(value)), Map.of());
            return RemoteRef.of(key, "bytes");
        }

        @Override
        public void delete(String key) {
            plane.api().delete("/api/v1/namespaces/%s/secrets/%s".formatted(namespace, key));
        }

        @Override
        public MissingProperty missingProperty() {
            return MissingProperty.INVALID;
        }

        @Override
        public List<String> awkwardKeys() {
            return List.of(
                    "contract-with-dash", "contract.dot", "0", "contract-" + "n".repeat(244));
        }
    }
}
