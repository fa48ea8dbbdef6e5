/**
 * The API of External Secrets as Java values: what a manifest says, with absent strings, lists and
 * maps read as empty ones.
 */
@NullMarked
package dev.signet.api;

import org.jspecify.annotations.NullMarked;
