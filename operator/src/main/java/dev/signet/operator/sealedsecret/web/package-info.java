/** The HTTP API of Sealed Secrets: the certificate, verifying and rotating. */
@NullMarked
package dev.signet.operator.sealedsecret.web;

import org.jspecify.annotations.NullMarked;
