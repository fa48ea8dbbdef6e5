package dev.signet.api;

/**
 * One CustomResourceDefinition.
 *
 * @param name group and plural, joined with an underscore
 * @param yaml the manifest
 */
public record CrdFile(String name, String yaml) {}
