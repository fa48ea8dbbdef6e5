package dev.signet.cli.git;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Git work tree. Where the {@code git} command is missing or refuses an answer, answers are
 * empty: what is not known is never taken for a no.
 */
public final class WorkTree {

    /** In front of a name: not in the checkout, or a state in small letters. */
    private static final Pattern UNWATCHED = Pattern.compile("[Sa-z] ");

    private final Path root;

    private WorkTree(Path root) {
        this.root = root;
    }

    /** The innermost work tree that holds this file or folder, which need not exist yet. */
    public static Optional<WorkTree> around(Path place) {
        for (Path at = real(place); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return Optional.of(new WorkTree(at));
            }
        }
        return Optional.empty();
    }

    /** Its top folder, absolute and without symbolic links. */
    public Path root() {
        return root;
    }

    /** Files below these places that the next commit would hold, absolute. */
    public Optional<List<Path>> tracked(List<Path> places) {
        return list(List.of("--literal-pathspecs", "ls-files", "-z", "--cached"), places);
    }

    /** Tracked files below these places whose staged content is another than that on disk. */
    public Optional<List<Path>> changed(List<Path> places) {
        return list(List.of("--literal-pathspecs", "ls-files", "-z", "--modified"), places);
    }

    /**
     * Tracked files below these places that Git was told not to look at on disk: sparse, {@code
     * skip-worktree} or {@code assume-unchanged}; what is staged may be another.
     */
    public Optional<List<Path>> unwatched(List<Path> places) {
        return names(List.of("--literal-pathspecs", "ls-files", "-z", "-v", "--cached"), places)
                .flatMap(tagged ->
                        paths(
                                tagged.stream()
                                        .filter(each -> UNWATCHED.matcher(each).lookingAt())
                                        .map(each -> each.substring(2))));
    }

    /** What the next commit would hold of a file. */
    public Optional<byte[]> staged(Path file) {
        String name = name(file).replace('\\', '/');
        Answer answer = git(List.of("cat-file", "blob", ":" + name));
        return answer.status() == 0 ? Optional.of(answer.out()) : Optional.empty();
    }

    /** Whether a file of this name would be left out of Git; empty where it cannot be told. */
    public Optional<Boolean> ignores(Path file) {
        return ignoresAll(Set.of(file));
    }

    /** Whether files of these names would all be left out of Git; empty where it cannot be told. */
    public Optional<Boolean> ignoresAll(Set<Path> files) {
        StringBuilder names = new StringBuilder();
        files.forEach(file -> names.append(name(file)).append('\0'));
        Answer answer = git(List.of("check-ignore", "-z", "--stdin"), names.toString());
        return switch (answer.status()) {
            case 0 -> Optional.of(names(answer).distinct().count() == files.size());
            case 1 -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Stream<String> names(Answer answer) {
        return Arrays.stream(new String(answer.out(), StandardCharsets.UTF_8).split("\0"))
                .filter(name -> !name.isEmpty());
    }

    // A link is a file of its own to Git; what lies behind it is not.
    private String name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        Path place = folder == null ? absolute : real(folder).resolve(folder.relativize(absolute));
        return root.relativize(place).toString();
    }

    private Optional<List<Path>> list(List<String> question, List<Path> places) {
        return names(question, places).flatMap(names -> paths(names.stream()));
    }

    private Optional<List<String>> names(List<String> question, List<Path> places) {
        List<String> words = new ArrayList<>(question);
        words.add("--");
        for (Path place : places) {
            String relative = root.relativize(real(place)).toString();
            words.add(relative.isEmpty() ? "." : relative);
        }
        Answer answer = git(words);
        return answer.status() == 0
                ? Optional.of(names(answer).distinct().toList())
                : Optional.empty();
    }

    private Optional<List<Path>> paths(Stream<String> names) {
        try {
            return Optional.of(names.map(root::resolve).toList());
        } catch (InvalidPathException e) {
            // The locale cannot write such a name; the caller looks by itself.
            return Optional.empty();
        }
    }

    private Answer git(List<String> words) {
        return git(words, "");
    }

    private Answer git(List<String> words, String input) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(words);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(root.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        if (!root.equals(real(Path.of("")))) {
            // In a hook, Git says which repository it means, which is not this one.
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        }
        try {
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended before it read; its status tells.
            }
            byte[] out = process.getInputStream().readAllBytes();
            return new Answer(process.waitFor(), out);
        } catch (IOException e) {
            return Answer.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.NONE;
        }
    }

    /**
     * Where it really is, for Git does not follow links; what is not there yet is taken as it is.
     */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path at = absolute; at != null; at = at.getParent()) {
            try {
                return at.toRealPath().resolve(at.relativize(absolute));
            } catch (IOException e) {
                // Not there yet: what holds it may be.
            }
        }
        return absolute;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(int status, byte[] out) {
        static final Answer NONE = new Answer(-1, new byte[0]);
    }
}
