/**
 * Starts real servers for tests, benchmarks and {@code signet try}: a Kubernetes control plane
 * without nodes and OpenBao, found on the machine, fetched or built, and never left running.
 */
@NullMarked
package dev.signet.testbed;

import org.jspecify.annotations.NullMarked;
