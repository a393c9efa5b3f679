package tenon.conformance.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One Maven module: its sources, and its classes if it was compiled. Immutable.
 *
 * @param name as in ARCHITECTURE.md, {@code core}
 * @param folder where its pom stands
 * @param classes of its main sources; empty if it has none
 */
record BuiltModule(String name, Path folder, List<CompiledClass> classes) {

    /** Reads a module; {@code output} is where its classes are, seen from {@code folder}: {@code target/classes}. */
    static BuiltModule read(Path folder, Path output) throws IOException {
        var classes = new ArrayList<CompiledClass>();
        for (Path file : files(folder.resolve(output), ".class")) {
            classes.add(CompiledClass.read(file));
        }
        return new BuiltModule(folder.getFileName().toString(), folder, List.copyOf(classes));
    }

    /** Whether there are sources, but no classes of them: nothing can be said then. */
    boolean isUncompiled() throws IOException {
        return classes.isEmpty()
                && !files(folder.resolve("src/main/java"), ".java").isEmpty();
    }

    List<Path> sources() throws IOException {
        return files(folder.resolve("src"), ".java");
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
