/**
 * When each object is synchronised: one queue of due times in front of the controller framework.
 *
 * <p>The queue holds one entry per object, lets triggers and new objects overtake refreshes, and
 * keeps refreshes from flooding either the framework or a store. Nothing here knows of Kubernetes.
 */
@NullMarked
package dev.signet.operator.refresh;

import org.jspecify.annotations.NullMarked;
