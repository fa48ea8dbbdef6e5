/** The running operator, put together from its parts. */
@NullMarked
package dev.signet.operator;

import org.jspecify.annotations.NullMarked;
