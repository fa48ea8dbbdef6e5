/** Finds plaintext Secrets among the files that Git would keep. */
@NullMarked
package dev.signet.cli.check;

import org.jspecify.annotations.NullMarked;
