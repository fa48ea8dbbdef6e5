package dev.signet.operator.observe;

import java.io.IOException;
import java.io.OutputStream;

/** Writes all metrics. */
@FunctionalInterface
public interface MetricsSource {

    /** The media type of what is written. */
    String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * Writes all metrics in the Prometheus text format 0.0.4, without closing the stream.
     *
     * @throws IOException if the stream fails
     */
    void writeTo(OutputStream out) throws IOException;
}
