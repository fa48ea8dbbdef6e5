/**
 * Reads Secrets of a Kubernetes cluster, this one or another, through its API server. Only {@link
 * dev.signet.provider.kubernetes.KubernetesSecretProvider} is meant for others.
 */
@NullMarked
package dev.signet.provider.kubernetes;

import org.jspecify.annotations.NullMarked;
