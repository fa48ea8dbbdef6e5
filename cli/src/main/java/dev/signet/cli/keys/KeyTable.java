package dev.signet.cli.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.sealed.SealingCertificate;
import dev.signet.sealed.UnsealingKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows keys, and never more of them than their certificates tell. */
public final class KeyTable {

    private static final List<String> HEAD = List.of("NAME", "USE", "FROM", "UNTIL", "FINGERPRINT");
    private static final String NONE = "-";

    private final List<StoredKey> keys;
    private final Optional<UnsealingKey> sealing;
    private final Clock clock;

    /**
     * @param sealing the key whose certificate is in use
     */
    public KeyTable(List<StoredKey> keys, Optional<UnsealingKey> sealing, Clock clock) {
        this.keys = List.copyOf(keys);
        this.sealing = sealing;
        this.clock = clock;
    }

    /** A table in columns. */
    public List<String> lines() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        keys.forEach(key -> rows.add(row(key)));
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
                String cell = row.get(column);
                line.append(cell);
                if (column < row.size() - 1) {
                    line.append(" ".repeat(width - cell.length() + 2));
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** An array of objects. */
    public String json() throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode all = mapper.createArrayNode();
        for (StoredKey key : keys) {
            ObjectNode one = all.addObject().put("name", key.name()).put("active", key.isActive());
            switch (key) {
                case StoredKey.Usable usable -> {
                    SealingCertificate certificate = usable.key().certificate();
                    one.put("fingerprint", usable.key().fingerprint())
                            .put("notBefore", certificate.notBefore().toString())
                            .put("notAfter", certificate.notAfter().toString())
                            .put("seals", seals(usable))
                            .put("expired", isExpired(certificate));
                }
                case StoredKey.Broken broken -> one.put("broken", broken.reason());
            }
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all);
    }

    private List<String> row(StoredKey key) {
        return switch (key) {
            case StoredKey.Usable usable -> {
                SealingCertificate certificate = usable.key().certificate();
                yield List.of(
                        key.name(),
                        use(usable),
                        certificate.notBefore().toString(),
                        certificate.notAfter().toString(),
                        usable.key().fingerprint());
            }
            case StoredKey.Broken broken ->
                    List.of(key.name(), "broken", NONE, NONE, broken.reason());
        };
    }

    private String use(StoredKey.Usable key) {
        if (!key.isActive()) {
            return "not used";
        }
        if (seals(key)) {
            return isExpired(key.key().certificate()) ? "expired" : "seals";
        }
        return "opens";
    }

    private boolean seals(StoredKey.Usable key) {
        return sealing.filter(newest -> newest.name().equals(key.name())).isPresent();
    }

    private boolean isExpired(SealingCertificate certificate) {
        return clock.instant().isAfter(certificate.notAfter());
    }
}
