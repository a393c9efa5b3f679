package tenon.conformance.architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The rules of CONVENTIONS.md that a machine can hold. */
final class Customs {
    /** Lines of a source file. */
    static final int LONGEST_FILE = 800;

    private static final Pattern NAMELESS =
            Pattern.compile("(?:^|(?<=[a-z0-9]))(?:Util|Utils|Helper|Helpers|Manager|Common|Impl)(?=$|[A-Z0-9])");

    /** Folders in which people keep their own things; written so that this file does not match itself. */
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.}\\])*-])/(?:home|Users|root|work)/\\w");

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".tenon", ".idea", ".vscode", ".settings");

    private Customs() {}

    /** Class names that name no concept. */
    static List<String> namelessClasses(BuiltModule module) {
        return module.classes().stream()
                .filter(type -> NAMELESS.matcher(type.simpleName()).find())
                .map(type -> "class `" + type.name() + "` names no concept")
                .toList();
    }

    /** Packages that end in a digit, or have no {@code package-info}. */
    static List<String> badPackages(BuiltModule module) {
        var breaches = new ArrayList<String>();
        var packages = new TreeSet<String>();
        module.classes().forEach(type -> packages.add(type.packageName()));
        packages.remove("");
        for (String name : packages) {
            if (Character.isDigit(name.charAt(name.length() - 1))) {
                breaches.add("package `" + name + "` ends in a digit");
            }
            if (!Files.exists(
                    module.folder().resolve("src/main/java/" + name.replace('.', '/') + "/package-info.java"))) {
                breaches.add("package `" + name + "` has no package-info");
            }
        }
        return breaches;
    }

    /** Sources that want a second idea. */
    static List<String> longFiles(BuiltModule module) throws IOException {
        var breaches = new ArrayList<String>();
        for (Path source : module.sources()) {
            int lines = Files.readAllLines(source).size();
            if (lines > LONGEST_FILE) {
                breaches.add("file `" + module.folder().relativize(source) + "` has " + lines
                        + " lines, expected at most " + LONGEST_FILE);
            }
        }
        return breaches;
    }

    /** Files below {@code root} that hold a path of somebody's machine, binary files included. */
    static List<String> machinePaths(Path root) throws IOException {
        var breaches = new ArrayList<String>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean ours = !NOT_OURS.contains(folder.getFileName().toString());
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                // in a worktree `.git` is a file
                if (attributes.isRegularFile()
                        && !NOT_OURS.contains(file.getFileName().toString())) {
                    var matcher =
                            MACHINE_PATH.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                    if (matcher.find()) {
                        breaches.add("file `" + root.relativize(file) + "` holds `" + matcher.group()
                                + "…` at character " + matcher.start());
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return breaches;
    }
}
