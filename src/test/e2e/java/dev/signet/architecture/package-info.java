/** What may know what: one rule a class, checked on the compiled product. */
@NullMarked
package dev.signet.architecture;

import org.jspecify.annotations.NullMarked;
