package dev.signet.provider.vault;

import dev.signet.provider.References;
import java.time.Clock;
import org.springframework.web.client.RestOperations;

/**
 * What a login works with.
 *
 * @param references reads the credentials from the cluster
 * @param operations reach the server, in the namespace of the login
 * @param clouds reach the cloud whose identity is shown to the server
 * @param surroundings of this process
 * @param clock the time
 */
record LoginTools(
        References references,
        RestOperations operations,
        CloudCalls clouds,
        Surroundings surroundings,
        Clock clock) {}
