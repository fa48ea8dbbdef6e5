/**
 * Reads JSON the way Go programs do: GJSON paths, and the text that Go's {@code encoding/json} and
 * {@code strconv} print.
 *
 * <p>Inside, a text is a <i>byte text</i>: a string with one char for each byte of its UTF-8 form,
 * because Go's rules (order, wildcards, sloppy input) are rules about bytes.
 */
@NullMarked
package dev.signet.gjson;

import org.jspecify.annotations.NullMarked;
