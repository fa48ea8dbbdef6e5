/** What the packages of the operator share about the API server. */
@NullMarked
package dev.signet.operator.kube;

import org.jspecify.annotations.NullMarked;
