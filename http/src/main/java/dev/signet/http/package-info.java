/**
 * Short HTTP calls of one server, on the thread that makes them and over connections that are kept.
 */
@NullMarked
package dev.signet.http;

import org.jspecify.annotations.NullMarked;
