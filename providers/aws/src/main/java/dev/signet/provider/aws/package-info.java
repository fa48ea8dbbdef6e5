/**
 * AWS Secrets Manager and Systems Manager Parameter Store, through the AWS SDK. Nothing of the SDK
 * is loaded before a session is opened.
 */
@NullMarked
package dev.signet.provider.aws;

import org.jspecify.annotations.NullMarked;
