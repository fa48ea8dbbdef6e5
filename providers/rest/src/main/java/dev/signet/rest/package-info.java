/**
 * What providers share that speak HTTP and JSON without an SDK: a connection that comes about at
 * the first call, its TLS, its failures in words, repeats, and JSON that keeps its numbers.
 */
@NullMarked
package dev.signet.rest;

import org.jspecify.annotations.NullMarked;
