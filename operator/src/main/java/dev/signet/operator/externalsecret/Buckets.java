package dev.signet.operator.externalsecret;

/**
 * Index keys for what nearly every object has a value of its own of. The framework's index keeps a
 * map for each key, which for 50,000 different keys is a third of all memory; so a few thousand
 * buckets are indexed instead, and what is found in one is compared.
 */
final class Buckets {

    private static final int COUNT = 4_096;

    private Buckets() {}

    static String of(String value) {
        int hash = value.hashCode();
        return Integer.toString((hash ^ (hash >>> 16)) & (COUNT - 1)).intern();
    }
}
