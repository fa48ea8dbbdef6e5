package dev.signet.cli;

import java.util.Map;

/** A secret backend that {@code signet try} starts, with one password in it. */
interface TryBackend extends AutoCloseable {

    /** What kind of thing it is, for the step that says that it was started. */
    String kind();

    /** What it is and where it listens. */
    String place();

    /** How steps name it: a value is "in" it. */
    String name();

    /** Makes ready what the store needs, and puts the first value in. */
    void prepare(String password);

    /** Where the value lies in it. */
    String key();

    /** Replaces the value. */
    void rotate(String password);

    /** The name of the Secret with the store's credentials, which is its name and "-login". */
    default String loginSecret() {
        return store() + "-login";
    }

    /** What is in the Secret with the store's credentials. */
    Map<String, String> login();

    /** The name of the store, and of its manifest among the resources. */
    String store();

    /** What to put into the store's manifest in the place of {@code ${...}}. */
    Map<String, String> parameters();

    /** A command with which a person changes the value. */
    String hint();

    @Override
    void close();
}
