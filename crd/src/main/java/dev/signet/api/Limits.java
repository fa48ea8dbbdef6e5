package dev.signet.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the schema says of a field, or of every field of a type, beyond its Java type. Values of a
 * field that may take few texts are strings with {@link #values}: a Java enum would fail on a text
 * that a newer CRD allows.
 */
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Limits {

    /** The texts that are allowed; none for any. */
    String[] values() default {};

    /** The format of a text; empty for none. */
    String format() default "";

    /** The least number of fields that an object has; 0 for no limit. */
    int minProperties() default 0;

    /** The greatest number of fields that an object has; 0 for no limit. */
    int maxProperties() default 0;

    /** The least number of items in a list; 0 for no limit. */
    int minItems() default 0;
}
