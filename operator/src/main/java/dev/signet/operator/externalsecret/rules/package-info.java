/** The rules of ExternalSecrets, as pure functions. */
@NullMarked
package dev.signet.operator.externalsecret.rules;

import org.jspecify.annotations.NullMarked;
