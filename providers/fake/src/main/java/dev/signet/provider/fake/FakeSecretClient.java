package dev.signet.provider.fake;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.signet.api.store.FakeData;
import dev.signet.api.store.FakeProvider;
import dev.signet.gjson.GJson;
import dev.signet.gjson.GoJson;
import dev.signet.gjson.InvalidJsonException;
import dev.signet.gjson.PathLimitException;
import dev.signet.gjson.Result;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RegexpLimits;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Answers from memory; never changes, so any number of threads may ask. */
final class FakeSecretClient implements SecretClient {

    private final Map<Name, String> values = new HashMap<>();
    private final StoreHealth health;

    FakeSecretClient(FakeProvider spec) {
        for (FakeData data : spec.data()) {
            values.put(new Name(data.key(), data.version()), data.value());
        }
        health = health(spec.validationResult() == null ? 0 : spec.validationResult());
    }

    /** A value is found only by the very version that it was given, which may be none. */
    private record Name(String key, String version) {}

    private static StoreHealth health(long validationResult) {
        return switch (Math.clamp(validationResult, -1, 3)) {
            case 0 -> new StoreHealth.Valid();
            case 1 -> new StoreHealth.Unknown("fake.validationResult is 1: unable to validate");
            default ->
                    new StoreHealth.Unusable(
                            "fake.validationResult is "
                                    + validationResult
                                    + ": unable to validate");
        };
    }

    @Override
    public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs) {
        return answer(refs, this::readOne);
    }

    @Override
    public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs) {
        return answer(refs, this::extractOne);
    }

    private static <T> Map<RemoteRef, T> answer(
            Set<RemoteRef> refs, Function<RemoteRef, T> question) {
        Map<RemoteRef, T> answers = new HashMap<>();
        for (RemoteRef ref : refs) {
            answers.put(ref, question.apply(ref));
        }
        return answers;
    }

    private ReadOutcome<SecretValue> readOne(RemoteRef ref) {
        String value = values.get(new Name(ref.key(), ref.version()));
        if (value == null) {
            return new ReadOutcome.Missing<>(describe(ref));
        }
        if (ref.property().isEmpty()) {
            return new ReadOutcome.Found<>(SecretValue.ofUtf8(value));
        }
        try {
            Result property = GJson.get(value, ref.property());
            return property.exists()
                    ? new ReadOutcome.Found<>(SecretValue.of(property.bytes()))
                    : new ReadOutcome.Missing<>(describe(ref));
        } catch (PathLimitException e) {
            return new ReadOutcome.Invalid<>("cannot take the property's path: " + e.getMessage());
        }
    }

    private ReadOutcome<Map<String, SecretValue>> extractOne(RemoteRef ref) {
        ReadOutcome<SecretValue> outcome = readOne(ref);
        if (!(outcome instanceof ReadOutcome.Found<SecretValue>(SecretValue value))) {
            return outcome.withoutValue();
        }
        try {
            Map<String, SecretValue> members = new HashMap<>();
            GoJson.members(value.utf8())
                    .forEach((key, raw) -> members.put(key, SecretValue.ofUtf8(memberText(raw))));
            return new ReadOutcome.Found<>(members);
        } catch (InvalidJsonException e) {
            return new ReadOutcome.Invalid<>(
                    "cannot extract " + describe(ref) + ": " + e.getMessage());
        }
    }

    /** Strings without their quotes, nothing for null, the rest as it stands. */
    private static String memberText(String raw) {
        return raw.equals("null") ? "" : GoJson.unquote(raw).orElse(raw);
    }

    @Override
    public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) {
        if (!query.tags().isEmpty()) {
            return new ReadOutcome.Invalid<>("a fake store can be searched by name only");
        }
        Optional<String> problem = RegexpLimits.problem(query.nameRegexp());
        if (problem.isPresent()) {
            return new ReadOutcome.Invalid<>("find.name.regexp is too large: " + problem.get());
        }
        Pattern name;
        try {
            name = Pattern.compile(query.nameRegexp());
        } catch (PatternSyntaxException e) {
            return new ReadOutcome.Invalid<>(
                    "find.name.regexp is not a regular expression: " + e.getDescription());
        }
        Map<String, String> latest = new HashMap<>();
        for (Name candidate : values.keySet()) {
            if (name.matcher(candidate.key()).find()) {
                latest.merge(candidate.key(), candidate.version(), FakeSecretClient::later);
            }
        }
        Map<String, SecretValue> found = new HashMap<>();
        latest.forEach((key, version) -> {
            String value = values.getOrDefault(new Name(key, version), "");
            found.put(key, SecretValue.ofUtf8(value));
        });
        return new ReadOutcome.Found<>(found);
    }

    /** Versions are texts: "v9" is later than "v10", as in External Secrets. */
    private static String later(String a, String b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Override
    public StoreHealth validate() {
        return health;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private static String describe(RemoteRef ref) {
        StringBuilder out = new StringBuilder(ref.key());
        if (!ref.version().isEmpty()) {
            out.append(" in version ").append(ref.version());
        }
        if (!ref.property().isEmpty()) {
            out.append(", property ").append(ref.property());
        }
        return out.toString();
    }
}
