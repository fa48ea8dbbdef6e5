package dev.signet.provider.vault;

/** The two versions of the KV engine, which differ in their API paths. */
enum KvVersion {
    V1,
    V2;

    /** The version that a spec names; {@code v2} unless it says {@code v1}. */
    static KvVersion of(String text) {
        return text.equals("v1") ? V1 : V2;
    }
}
