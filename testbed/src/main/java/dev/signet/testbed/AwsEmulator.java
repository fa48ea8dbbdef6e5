package dev.signet.testbed;

import java.net.URI;

/**
 * Something that answers like AWS on 127.0.0.1: Secrets Manager, Parameter Store and STS at one
 * address. It accepts any credentials, keeps all in memory, and ends with this JVM at the latest.
 */
public sealed interface AwsEmulator extends AutoCloseable permits Moto, Ministack {

    /** The endpoint of every service. */
    URI address();

    /** Its Secrets Manager in this region. */
    default AwsApi api(String region) {
        return AwsApi.of(address(), region);
    }

    /** Freezes the server: connections to it stay open and get no answer. */
    void pause();

    /** Lets a frozen server go on. */
    void resume();

    @Override
    void close();
}
