package dev.signet.testbed;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A reverse proxy that breaks on request. It speaks plain HTTP/1.1 with its clients on 127.0.0.1,
 * and HTTP/1.1, with or without TLS, with the server behind it. Bodies go through as they come, so
 * that watches work, those over WebSocket too. Nothing but offers of HTTP/2 is changed.
 *
 * <p>Thread-safe. Of several rules that strike, the first that was added does.
 */
public final class FaultProxy implements AutoCloseable {

    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<ProxiedRequest> seen = new ConcurrentLinkedQueue<>();
    private final Taps taps = new Taps();
    private final Lines lines;

    private FaultProxy(Upstream server) {
        this.lines = new Lines(line -> new Exchanges(line, server, this::faultOf, taps).run());
    }

    /**
     * A proxy in front of a server.
     *
     * @param server {@code http} or {@code https}, with a port
     * @param caPem the certificates to trust; empty for a server without TLS
     */
    public static FaultProxy before(URI server, String caPem) {
        return new FaultProxy(
                server.getScheme().equals("https")
                        ? new Upstream(server, Pem.trusting(caPem).getSocketFactory())
                        : Upstream.plain(server));
    }

    /** A proxy in front of a control plane's API server. */
    public static FaultProxy before(ControlPlane plane) {
        return before(plane.server(), plane.caCertificate());
    }

    /** Where to reach it, as {@code http://127.0.0.1:PORT}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + lines.port());
    }

    /** A kubeconfig that leads through this proxy, as YAML. */
    public String kubeconfig(String token) {
        return Kubeconfig.plain(address(), token);
    }

    /** Makes a rule hold, and returns it. */
    public FaultRule add(FaultRule rule) {
        rules.add(rule);
        return rule;
    }

    /** Makes every such request meet this fault. */
    public FaultRule add(Predicate<ProxiedRequest> requests, Fault fault) {
        return add(FaultRule.of(requests, fault));
    }

    /** Makes a rule hold no longer. */
    public void remove(FaultRule rule) {
        rules.remove(rule);
    }

    /** Makes no rule hold. */
    public void mend() {
        rules.clear();
    }

    /** How many such requests have come since the start, those that met a fault too. */
    public int count(Predicate<ProxiedRequest> requests) {
        return (int) seen.stream().filter(requests).count();
    }

    /** Begins to look for a text in the bodies that the server sends. */
    public void lookFor(String text) {
        taps.add(text);
    }

    /** In how many packets a text was seen that is looked for; some may have been missed. */
    public int sightings(String text) {
        return taps.count(text);
    }

    /** How many connections are open, dead ones too. */
    public int connections() {
        return lines.count();
    }

    /** How many connections there have been since the start. */
    public int opened() {
        return lines.opened();
    }

    /** Nothing passes on the connections there are, and neither side is told; new ones work. */
    public void killConnections() {
        lines.kill();
    }

    /** While this lasts, no connection works, old or new; those made meanwhile never will. */
    public void silence(boolean lasts) {
        lines.silent(lasts);
    }

    /** Closes all connections; new ones work. */
    public void cutConnections() {
        lines.cut();
    }

    @Override
    public void close() {
        lines.close();
    }

    private Optional<Fault> faultOf(ProxiedRequest request) {
        seen.add(request);
        return rules.stream()
                .filter(rule -> rule.strikes(request))
                .findFirst()
                .map(FaultRule::fault);
    }
}
