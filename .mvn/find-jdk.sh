# Sourced by ./build and ./signet: sets and exports JAVA_HOME to a JDK 25 or newer.

# Prints the feature version of the JDK in $1, or nothing where there is no JDK.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p'
    fi
}

use_jdk() {
    version=$(jdk_version "$1")
    [ -n "$version" ] && [ "$version" -ge 25 ] || return 1
    JAVA_HOME=$1
    export JAVA_HOME
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && use_jdk "$JAVA_HOME"; then return 0; fi
    javac=$(command -v javac 2>/dev/null) || javac=
    if [ -n "$javac" ]; then
        javac=$(readlink -f "$javac" 2>/dev/null || echo "$javac")
        if use_jdk "${javac%/bin/javac}"; then return 0; fi
    fi
    # SIGNET_JDK_SEARCH names one folder of JDKs to look in instead of the usual ones.
    if [ -n "${SIGNET_JDK_SEARCH+set}" ]; then
        set -- "$SIGNET_JDK_SEARCH"/*
    else
        set -- /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/lib/jvm/* \
            "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
            /Library/Java/JavaVirtualMachines/*/Contents/Home \
            /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
    fi
    for candidate in "$@"; do
        if [ -d "$candidate" ] && use_jdk "$candidate"; then return 0; fi
    done
    echo "signet: no JDK 25 or newer found (looked at JAVA_HOME, the PATH and the usual folders)." >&2
    echo "signet: install one, for example Temurin 25, and set JAVA_HOME to its folder." >&2
    return 1
}
