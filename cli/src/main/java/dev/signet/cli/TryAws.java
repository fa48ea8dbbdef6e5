package dev.signet.cli;

import dev.signet.testbed.AwsApi;
import dev.signet.testbed.AwsEmulator;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Ministack;
import java.util.List;
import java.util.Map;

/** An emulator of AWS Secrets Manager, to which the store logs in with static keys. */
final class TryAws implements TryBackend {

    private static final String REGION = "eu-west-1";
    private static final String KEY = "app/database";

    /** What the AWS provider asks for other endpoints than the public ones. */
    private static final List<String> ENDPOINTS =
            List.of("AWS_SECRETSMANAGER_ENDPOINT", "AWS_SSM_ENDPOINT", "AWS_STS_ENDPOINT");

    private final AwsEmulator server;
    private final AwsApi api;

    private TryAws(AwsEmulator server) {
        this.server = server;
        this.api = server.api(REGION);
    }

    static TryAws start(Binaries binaries) {
        TryAws started = new TryAws(Ministack.start(binaries));
        ENDPOINTS.forEach(name -> System.setProperty(name, started.server.address().toString()));
        return started;
    }

    @Override
    public String kind() {
        return "emulator";
    }

    @Override
    public String place() {
        return "AWS (ministack) at " + server.address();
    }

    @Override
    public String name() {
        return "AWS";
    }

    @Override
    public void prepare(String password) {
        api.createSecret(KEY, json(password));
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public void rotate(String password) {
        api.putSecretValue(KEY, json(password));
    }

    private static String json(String password) {
        return "{\"password\":\"" + password + "\"}";
    }

    @Override
    public Map<String, String> login() {
        return Map.of("access-key-id", "AKIAEXAMPLE", "secret-access-key", "any");
    }

    @Override
    public String store() {
        return "aws";
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of("REGION", REGION);
    }

    @Override
    public String hint() {
        return "AWS_ACCESS_KEY_ID=AKIAEXAMPLE AWS_SECRET_ACCESS_KEY=any aws --region %s --endpoint-url %s secretsmanager put-secret-value --secret-id %s --secret-string '{\"password\":\"another\"}'"
                .formatted(REGION, server.address(), KEY);
    }

    @Override
    public void close() {
        ENDPOINTS.forEach(System::clearProperty);
        server.close();
    }
}
