# Runs a command that must not outlive whoever holds the other end of our standard input.
# usage: sh -c "$(cat guard.sh)" guard GRACE_SECONDS LOG COMMAND [ARGUMENT...]
# Prints the command's process id, then ends with the command's exit status.
trap '' INT HUP
grace=$1 log=$2
shift 2
exec 3<&0 2>>"$log"
"$@" </dev/null >>"$log" 2>&1 3<&- &
child=$!
echo "$child"

# The process and all that it started, as far as ps can tell.
tree() {
    echo "$1"
    ps -A -o pid= -o ppid= 2>/dev/null | while read -r pid parent; do
        if [ "$parent" = "$1" ]; then tree "$pid"; fi
    done
}

any_left() {
    for pid in "$@"; do
        if kill -0 "$pid" 2>/dev/null; then return 0; fi
    done
    return 1
}

# shellcheck disable=SC2034,SC2086 # what is read does not matter; $all is a list of ids
(
    while read -r ignored; do :; done
    # From here on the end of the command itself must not end this watch: what it started may be left.
    trap '' TERM
    all=$(tree "$child")
    kill -TERM $all 2>/dev/null
    # A stopped process sees its TERM only once it goes on.
    kill -CONT $all 2>/dev/null
    tenths=$((grace * 10))
    while [ "$tenths" -gt 0 ] && any_left $all; do
        sleep 0.1
        tenths=$((tenths - 1))
    done
    kill -KILL $all 2>/dev/null
) <&3 >/dev/null 2>&1 &
watcher=$!
exec 3<&- 0</dev/null

wait "$child"
status=$?
kill "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$status"
