package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.List;

/** Brings the keys of several JSON objects together. */
@ApiType
public record RewriteMerge(
        @JsonPropertyDescription("Key that the merged object is put under, with strategy JSON.")
                @Limits(emptyDefault = true)
                String into,
        @JsonPropertyDescription("Keys whose objects win over others; of these the last wins.")
                List<String> priority,
        @JsonPropertyDescription(
                        "What a priority key that is not there means: an error with Strict, nothing with IgnoreNotFound.")
                @Default("Strict")
                @Limits(values = {"IgnoreNotFound", "Strict"})
                String priorityPolicy,
        @JsonPropertyDescription(
                        "What a key that is in two objects means: an error with Error, the later one with Ignore.")
                @Default("Error")
                @Limits(values = {"Ignore", "Error"})
                String conflictPolicy,
        @JsonPropertyDescription(
                        "Extract makes each member a key of its own, JSON makes one key of all.")
                @Default("Extract")
                @Limits(values = {"Extract", "JSON"})
                String strategy) {

    /** Absent fields become empty, or what the API server fills in. */
    public RewriteMerge {
        into = Absent.text(into);
        priority = Absent.list(priority);
        priorityPolicy = Absent.text(priorityPolicy, "Strict");
        conflictPolicy = Absent.text(conflictPolicy, "Error");
        strategy = Absent.text(strategy, "Extract");
    }
}
