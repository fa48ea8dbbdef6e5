/**
 * The contract between the operator and a secret backend.
 *
 * <p>A provider is found by {@link java.util.ServiceLoader}, is told where its store points and
 * which references it may read, and answers every question with a {@link
 * dev.signet.provider.ReadOutcome}, so that a value that is missing, one that is denied and a
 * backend that is unreachable are never taken for one another. Nothing here knows of Kubernetes.
 */
@NullMarked
package dev.signet.provider;

import org.jspecify.annotations.NullMarked;
