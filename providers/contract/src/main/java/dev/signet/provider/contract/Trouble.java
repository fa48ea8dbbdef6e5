package dev.signet.provider.contract;

/** The state that a backend is in when a session with it is tried. */
public enum Trouble {
    /** It knows who asks and refuses, or refuses the login. */
    DENIED,
    /** Nobody listens at its address. */
    UNREACHABLE,
    /** It is there and asks to be left alone: too many requests. */
    BUSY,
    /** It accepts connections and never answers. */
    SILENT
}
