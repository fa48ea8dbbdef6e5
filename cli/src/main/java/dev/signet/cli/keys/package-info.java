/** The keys of a cluster's sealed values, looked at and kept safe from outside. */
@NullMarked
package dev.signet.cli.keys;

import org.jspecify.annotations.NullMarked;
