/** Changes single values of a SealedSecret in its file, and nothing else of it. */
@NullMarked
package dev.signet.cli.seal.set;

import org.jspecify.annotations.NullMarked;
