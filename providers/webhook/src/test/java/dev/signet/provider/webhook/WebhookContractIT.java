package dev.signet.provider.webhook;

import com.sun.net.httpserver.HttpExchange;
import dev.signet.gjson.GJson;
import dev.signet.gjson.Result;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ContractCase;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.provider.contract.Rotation;
import dev.signet.provider.contract.Trouble;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, with a small service of secrets as people write them for themselves. */
class WebhookContractIT implements ProviderContract {

    @TempDir private static Path folder;

    private static Backend backend;

    @BeforeAll
    static void start() throws Exception {
        SecretServer gone = SecretServer.secure(folder);
        gone.close();
        folder.resolve("server.p12").toFile().delete();
        backend = new Backend(SecretServer.secure(folder), gone);
    }

    @AfterAll
    static void stop() {
        backend.server.close();
    }

    @Override
    public ContractBackend backend() {
        return backend;
    }

    /** Keeps all versions of a secret; picks a property by itself, as such a service may. */
    private static final class Backend implements ContractBackend {

        private final SecretServer server;
        private final SecretServer gone;
        private final Map<String, List<byte[]>> secrets = new ConcurrentHashMap<>();
        private volatile String token = "first";

        Backend(SecretServer server, SecretServer gone) {
            this.server = server;
            this.gone = gone;
        }

        @Override
        public String name() {
            return "Webhook";
        }

        @Override
        public Map<ContractCase, String> lacks() {
            return Map.of(
                    ContractCase.FIND, "an endpoint gives what it is asked for by key",
                    ContractCase.METADATA, "an endpoint has a value and nothing besides");
        }

        @Override
        public SecretClient open() {
            server.handler = this::serve;
            return open(server, references());
        }

        private SecretClient open(SecretServer at, FakeReferences references) {
            return new WebhookSecretProvider()
                    .open(
                            Specs.at(
                                            at.url()
                                                    + "/v1/{{ .remoteRef.key }}?property={{ .remoteRef.property }}"
                                                    + "&version={{ .remoteRef.version }}")
                                    .header("Authorization", "Bearer {{ .auth.token }}")
                                    .secrets("auth")
                                    .caBundle(at.caBundle())
                                    .build(),
                            references.context());
        }

        private FakeReferences references() {
            return new FakeReferences().marked("auth", Map.of("token", token));
        }

        @Override
        public SecretClient openIn(Trouble trouble) {
            return switch (trouble) {
                case DENIED -> through(exchange -> SecretServer.answer(exchange, 403, "no"));
                case BUSY -> through(exchange -> SecretServer.answer(exchange, 429, "busy"));
                case SILENT -> through(_ -> LockSupport.park());
                case UNREACHABLE -> open(gone, references());
            };
        }

        private SecretClient through(SecretServer.Handler handler) {
            server.handler = handler;
            return open(server, references());
        }

        @Override
        public Rotation openRotating() {
            server.handler = this::serve;
            FakeReferences references = references();
            return Rotation.of(
                    open(server, references),
                    () -> {
                        references.marked("auth", Map.of("token", "second"));
                        token = "second";
                    });
        }

        private void serve(HttpExchange exchange) throws IOException {
            if (exchange.getRequestMethod().equals("HEAD")) {
                SecretServer.answer(exchange, 404, "");
                return;
            }
            if (!("Bearer " + token)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                SecretServer.answer(exchange, 401, "");
                return;
            }
            String path = exchange.getRequestURI().getRawPath();
            List<byte[]> versions = secrets.get(decoded(path.substring("/v1/".length())));
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            String version = query.get("version");
            if (versions == null || !version.matches("\\d*")) {
                SecretServer.answer(exchange, 404, "");
                return;
            }
            byte[] value =
                    version.isEmpty()
                            ? versions.getLast()
                            : versions.get(Integer.parseInt(version));
            String property = query.get("property");
            if (property.isEmpty()) {
                SecretServer.answer(exchange, 200, value);
                return;
            }
            Result picked = GJson.get(value, property);
            if (picked.exists()) {
                SecretServer.answer(exchange, 200, picked.bytes());
            } else {
                SecretServer.answer(exchange, 422, "");
            }
        }

        private static Map<String, String> query(String raw) {
            Map<String, String> query = new HashMap<>();
            for (String field : raw.split("&", -1)) {
                String[] pair = field.split("=", 2);
                query.put(pair[0], decoded(pair[1]));
            }
            return query;
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        @Override
        public void put(String key, String json) {
            add(key, json.getBytes(StandardCharsets.UTF_8));
        }

        private void add(String key, byte[] value) {
            secrets.compute(
                    key,
                    (_, versions) -> {
                        List<byte[]> all = versions == null ? new ArrayList<>() : versions;
                        all.add(value);
                        return all;
                    });
        }

        @Override
        public String version(String key) {
            return Integer.toString(secrets.get(key).size() - 1);
        }

        @Override
        public RemoteRef putBinary(String key, byte[] value) {
            add(key, value);
            return RemoteRef.of(key);
        }

        @Override
        public void delete(String key) {
            secrets.remove(key);
        }

        @Override
        public MissingProperty missingProperty() {
            return MissingProperty.INVALID;
        }

        @Override
        public List<String> awkwardKeys() {
            return List.of(
                    "contract-with-dash",
                    "contract_under.dot",
                    "contract/deep/er",
                    "contract ü?&#=+%41");
        }
    }
}
