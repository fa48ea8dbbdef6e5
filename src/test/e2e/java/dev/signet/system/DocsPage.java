package dev.signet.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Markdown file of the repository. */
record DocsPage(Path file, String text) {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$|`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");

    static Stream<DocsPage> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".md"))
                            .filter(DocsPage::isOurs)
                            .sorted()
                            .toList();
            List<DocsPage> read = new ArrayList<>();
            for (Path page : pages) {
                read.add(new DocsPage(page, Files.readString(page)));
            }
            return read.stream();
        }
    }

    /** The page at a path of the repository. */
    static DocsPage of(String path) throws IOException {
        Path page = ROOT.resolve(path);
        return new DocsPage(page, Files.readString(page));
    }

    /** The documents in all blocks that are marked as YAML. */
    List<DocsBlock> blocks() {
        List<DocsBlock> blocks = new ArrayList<>();
        Matcher fence = YAML.matcher(text);
        while (fence.find()) {
            String place = this + ":" + text.substring(0, fence.start()).lines().count();
            try (MappingIterator<JsonNode> documents =
                    new YAMLMapper().readerFor(JsonNode.class).readValues(fence.group(1))) {
                documents.forEachRemaining(document -> blocks.add(new DocsBlock(place, document)));
            } catch (JsonProcessingException e) {
                throw new AssertionError(place + ": " + e.getOriginalMessage(), e);
            } catch (IOException | RuntimeException e) {
                throw new AssertionError(place + " cannot be read", e);
            }
        }
        return blocks;
    }

    /** The relative links that lead to no file, or to no heading in it. */
    List<String> deadLinks() throws IOException {
        List<String> dead = new ArrayList<>();
        Matcher link = LINK.matcher(withoutCode());
        while (link.find()) {
            String target = link.group(1);
            if (!target.matches("[a-z]+:.*") && !leadsSomewhere(target)) {
                dead.add(target);
            }
        }
        return dead;
    }

    private boolean leadsSomewhere(String target) throws IOException {
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path linked = path.isEmpty() ? file : file.resolveSibling(path).normalize();
        if (!Files.exists(linked)) {
            return false;
        }
        return hash < 0
                || new DocsPage(linked, Files.readString(linked))
                        .anchors()
                        .contains(target.substring(hash + 1));
    }

    /** The anchors of the headings, as GitHub makes them. */
    private Set<String> anchors() {
        return HEADING.matcher(text.replaceAll("(?ms)^```.*?^```$", ""))
                .results()
                .map(heading -> anchor(heading.group(1)))
                .collect(Collectors.toSet());
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private String withoutCode() {
        return CODE.matcher(text).replaceAll("");
    }

    private static boolean isOurs(Path page) {
        for (Path part : ROOT.relativize(page)) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
