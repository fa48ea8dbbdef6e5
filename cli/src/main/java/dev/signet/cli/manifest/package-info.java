/** Kubernetes manifests, read and written as the tools around Kubernetes read and write them. */
@NullMarked
package dev.signet.cli.manifest;

import org.jspecify.annotations.NullMarked;
