package dev.signet.operator.observe;

import java.util.Map;

/**
 * The bounds of every HTTP server of this process. The JDK's server reads them once, as system
 * properties, when the first server is made; what the command line sets goes before.
 */
public final class HttpLimits {

    /** Seconds, counts and bytes, as the property's name says. */
    static final Map<String, String> PROPERTIES =
            Map.of(
                    "sun.net.httpserver.maxReqTime", "15",
                    "sun.net.httpserver.maxRspTime", "60",
                    "sun.net.httpserver.idleInterval", "30",
                    "sun.net.httpserver.maxIdleConnections", "100",
                    "sun.net.httpserver.maxReqHeaders", "100",
                    "sun.net.httpserver.maxReqHeaderSize", "65536",
                    "jdk.httpserver.maxConnections", "500");

    private HttpLimits() {}

    /** Sets the bounds that are not set yet; without effect once a server has been made. */
    public static void apply() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
