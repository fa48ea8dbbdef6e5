package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Sorts keys as Go's YAML does: numbers inside them by their value, letters behind the rest. Some
 * keys go round in a circle that way ({@code 1k}, {@code 2k}, {@code 10k}), so this is no
 * comparator, and no library may sort by it.
 */
final class NaturalOrder {

    private NaturalOrder() {}

    /** Sorts by insertion, which ends whatever the order is, and takes sorted keys in one go. */
    static void sort(List<Map.Entry<String, JsonNode>> entries) {
        entries.sort(Map.Entry.comparingByKey(GoText.BYTES));
        for (int next = 1; next < entries.size(); next++) {
            Map.Entry<String, JsonNode> entry = entries.get(next);
            int at = next;
            while (at > 0 && compare(entry.getKey(), entries.get(at - 1).getKey()) < 0) {
                entries.set(at, entries.get(at - 1));
                at--;
            }
            entries.set(at, entry);
        }
    }

    /** Below zero where the first stands before the second. */
    static int compare(String first, String second) {
        int[] a = first.codePoints().toArray();
        int[] b = second.codePoints().toArray();
        for (int at = 0; at < a.length && at < b.length; at++) {
            if (a[at] != b[at]) {
                return compareAt(a, b, at);
            }
        }
        return Integer.compare(a.length, b.length);
    }

    private static int compareAt(int[] a, int[] b, int at) {
        boolean aLetter = Character.isLetter(a[at]);
        boolean bLetter = Character.isLetter(b[at]);
        if (aLetter && bLetter) {
            return Integer.compare(a[at], b[at]);
        }
        if (aLetter || bLetter) {
            return bLetter ? -1 : 1;
        }
        int aEnd = endOfNumber(a, at);
        int bEnd = endOfNumber(b, at);
        // A zero inside a number is one of its digits; one at its start says nothing.
        String lead = insideNumber(a, b, at) ? "1" : "0";
        int byValue = number(lead, a, at, aEnd).compareTo(number(lead, b, at, bEnd));
        if (byValue != 0) {
            return byValue;
        }
        return aEnd != bEnd ? Integer.compare(aEnd, bEnd) : Integer.compare(a[at], b[at]);
    }

    private static boolean insideNumber(int[] a, int[] b, int at) {
        if (a[at] != '0' && b[at] != '0') {
            return false;
        }
        for (int before = at - 1; before >= 0 && Character.isDigit(a[before]); before--) {
            if (a[before] != '0') {
                return true;
            }
        }
        return false;
    }

    private static int endOfNumber(int[] text, int from) {
        int end = from;
        while (end < text.length && Character.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    private static BigInteger number(String lead, int[] text, int from, int end) {
        StringBuilder digits = new StringBuilder(lead);
        for (int at = from; at < end; at++) {
            digits.append(Character.digit(text[at], 10));
        }
        return new BigInteger(digits.toString());
    }
}
