package tenon.wit.resolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tenon.types.Place;
import tenon.wit.Diagnostic;
import tenon.wit.PackageGraph;
import tenon.wit.WitException;
import tenon.wit.syntax.Parser;
import tenon.wit.syntax.Source;
import tenon.wit.syntax.WitFile;

/**
 * Reads WIT packages: WIT.md, "Filesystem structure". A folder is one package, its folder {@code deps} holds others, each a folder or a
 * file. Raises {@link WitException} with all problems of the first step that has some: files that do not follow the grammar, then names
 * that are not found.
 */
public final class WitReader {
    private static final String ENDING = ".wit";
    private static final int MOST_PROBLEMS = 20;

    private final List<Diagnostic> problems = new ArrayList<>();

    private WitReader() {}

    /** Reads a folder, or a single file with all that it needs. */
    public static PackageGraph read(Path path, Features features) throws IOException {
        return Files.isDirectory(path) ? readFolder(path, features) : parse(source(path), features);
    }

    /** Reads a single text. */
    public static PackageGraph parse(Source source, Features features) {
        return PackageSet.resolve(PackageSyntax.of(List.of(Parser.parse(source))), List.of(), features);
    }

    private static PackageGraph readFolder(Path folder, Features features) throws IOException {
        var reader = new WitReader();
        List<WitFile> main = reader.files(folder);
        var others = new ArrayList<List<WitFile>>();
        Path deps = folder.resolve("deps");
        if (Files.isDirectory(deps)) {
            for (Path each : list(deps)) {
                reader.dependency(each, others);
            }
        }
        if (!reader.problems.isEmpty()) {
            throw new WitException(reader.problems);
        }
        var otherPackages = new ArrayList<PackageSyntax>();
        for (List<WitFile> each : others) {
            otherPackages.addAll(PackageSyntax.of(each));
        }
        return PackageSet.resolve(PackageSyntax.of(main), otherPackages, features);
    }

    private void dependency(Path path, List<List<WitFile>> others) throws IOException {
        if (Files.isDirectory(path)) {
            others.add(files(path));
            return;
        }
        String name = path.getFileName().toString();
        if (name.endsWith(ENDING)) {
            var files = new ArrayList<WitFile>();
            parse(path, files);
            others.add(files);
        } else if (name.endsWith(".wasm") || name.endsWith(".wat")) {
            problems.add(Diagnostic.of(
                    Place.NOWHERE, "package `" + path + "` is a binary, and binary packages cannot be read yet"));
        }
    }

    /** All files of a folder, which make one package together. */
    private List<WitFile> files(Path folder) throws IOException {
        var files = new ArrayList<WitFile>();
        boolean any = false;
        for (Path each : list(folder)) {
            if (each.getFileName().toString().endsWith(ENDING) && Files.isRegularFile(each)) {
                any = true;
                parse(each, files);
            }
        }
        if (!any) {
            problems.add(Diagnostic.of(Place.NOWHERE, "folder `" + folder + "` has no file that ends in `.wit`"));
        }
        return files;
    }

    private void parse(Path path, List<WitFile> files) throws IOException {
        if (problems.size() >= MOST_PROBLEMS) {
            return;
        }
        try {
            files.add(Parser.parse(source(path)));
        } catch (WitException error) {
            problems.addAll(error.diagnostics());
        }
    }

    private static Source source(Path path) throws IOException {
        return Source.decode(path.toString(), Files.readAllBytes(path));
    }

    /** In an order that does not depend on the machine. */
    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList();
        }
    }
}
