/** Sealing on the command line, as kubeseal does it. */
@NullMarked
package dev.signet.cli.seal;

import org.jspecify.annotations.NullMarked;
