/**
 * The keys that open sealed values: where they are kept, when new ones are made, how they order.
 */
@NullMarked
package dev.signet.operator.sealedsecret.keys;

import org.jspecify.annotations.NullMarked;
