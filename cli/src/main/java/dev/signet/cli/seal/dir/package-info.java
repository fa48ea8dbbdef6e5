/** Seals the plaintext Secrets of a folder into manifests that Git keeps. */
@NullMarked
package dev.signet.cli.seal.dir;

import org.jspecify.annotations.NullMarked;
