/**
 * Reads values from any HTTP endpoint. Only {@link
 * dev.signet.provider.webhook.WebhookSecretProvider} is meant for others.
 */
@NullMarked
package dev.signet.provider.webhook;

import org.jspecify.annotations.NullMarked;
