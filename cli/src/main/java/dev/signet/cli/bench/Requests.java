package dev.signet.cli.bench;

import java.util.List;
import java.util.Locale;

/** Tells of the requests that a phase has cost. */
final class Requests {

    private Requests() {}

    static void tell(List<Figure> figures, VaultFigures vault, ApiFigures api) {
        figures.add(Figure.count("provider_reads", "provider reads", vault.reads()));
        figures.add(Figure.count("provider_logins", "provider logins", vault.logins()));
        figures.add(Figure.count("api_writes", "API: all writes", api.writes()));
        api.requests()
                .forEach((what, count) ->
                        figures.add(Figure.count(key(what), "API: " + what, count)));
    }

    private static String key(String what) {
        return "api_" + what.replaceAll("[ /]", "_").toLowerCase(Locale.ROOT);
    }
}
