package dev.signet.operator.externalsecret.rules;

/**
 * The name under which the fields of a target Secret are written. Which keys are ours, and so may
 * be removed, is read from the {@code managedFields} of this name.
 */
public final class FieldManagers {

    private static final String PREFIX = "externalsecrets.external-secrets.io/";
    private static final int LONGEST = 63;

    private FieldManagers() {}

    /** The field manager for the target of the ExternalSecret {@code name}. */
    public static String of(String name) {
        String plain = PREFIX + name;
        return plain.length() <= LONGEST ? plain : PREFIX + "sha3/" + GoHash.text(name);
    }
}
