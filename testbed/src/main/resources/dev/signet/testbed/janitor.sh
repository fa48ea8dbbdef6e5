# Removes the folder $1 once nobody holds the other end of our standard input, unless we are told before that it is done.
trap '' INT HUP
while read -r word; do
    if [ "$word" = "done" ]; then exit 0; fi
done
# Whoever held it was killed. Servers that end now may still write into the folder, or make it anew.
left=20 gone=0
while [ "$left" -gt 0 ] && [ "$gone" -lt 6 ]; do
    if [ -e "$1" ]; then gone=0; else gone=$((gone + 1)); fi
    rm -rf "$1" 2>/dev/null
    left=$((left - 1))
    sleep 0.5
done
