/** Measures an operator against the least work that its fleet needs. */
@NullMarked
package dev.signet.cli.bench;

import org.jspecify.annotations.NullMarked;
