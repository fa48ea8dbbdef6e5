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
@Target({ElementType.TYPE, ElementType.FIELD})
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

    /** The pattern that each item of a list of texts fits; empty for none. */
    String itemPattern() default "";

    /** The least length of each item of a list of texts; 0 for no limit. */
    int itemMinLength() default 0;

    /** The greatest length of each item of a list of texts; 0 for no limit. */
    int itemMaxLength() default 0;

    /** Whether a list is replaced as a whole. */
    boolean atomicList() default false;

    /** Whether an object is replaced as a whole. */
    boolean atomicMap() default false;

    /** Whether a field may be null. */
    boolean nullable() default false;

    /** Whether a field of any content is an object. */
    boolean object() default false;

    /** Whether the default of a text is the empty one. */
    boolean emptyDefault() default false;

    /** The default of an object, in JSON; empty for none. */
    String defaultJson() default "";
}
