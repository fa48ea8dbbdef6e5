/**
 * What the operator tells about itself: metrics, health and logs.
 *
 * <p>Names, labels and log fields are those of External Secrets, so that dashboards, alerts and log
 * pipelines go on working.
 */
@NullMarked
package dev.signet.operator.observe;

import org.jspecify.annotations.NullMarked;
