package dev.signet.cli;

/** What {@code signet try} shows on its stage. */
interface TryPlay extends AutoCloseable {

    /** Shows it, with a line for each step. */
    void play(TryStage stage) throws Exception;

    /** What a person may type while it is kept running. */
    String hint(String namespace);

    @Override
    void close();
}
