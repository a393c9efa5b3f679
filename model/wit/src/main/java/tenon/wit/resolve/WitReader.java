package tenon.wit.resolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tenon.component.Component;
import tenon.component.ComponentDecoder;
import tenon.component.ComponentFeatures;
import tenon.types.Place;
import tenon.wit.Diagnostic;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.WitException;
import tenon.wit.binary.PackageBinary;
import tenon.wit.print.WitPrinter;
import tenon.wit.syntax.Parser;
import tenon.wit.syntax.Source;
import tenon.wit.syntax.WitFile;

/**
 * Reads WIT packages: WIT.md, "Filesystem structure". A folder is one package, its folder {@code deps} holds others, each a folder, a
 * file, or a component that holds a package. Raises {@link WitException} with all problems of the first step that has some: files that do not follow the grammar, then names
 * that are not found.
 */
public final class WitReader {
    private static final String ENDING = ".wit";
    private static final int MOST_PROBLEMS = 20;

    private final List<Diagnostic> problems = new ArrayList<>();

    /** What binary packages say of others that they use, which may not be all. */
    private final List<PackageSyntax> partial = new ArrayList<>();

    private WitReader() {}

    /** Reads a folder, or a single file with all that it needs. */
    public static PackageGraph read(Path path, Features features) throws IOException {
        return Files.isDirectory(path) ? readFolder(path, features) : parse(source(path), features);
    }

    /** Reads a single text. */
    public static PackageGraph parse(Source source, Features features) {
        return PackageSet.resolve(PackageSyntax.of(List.of(Parser.parse(source))), List.of(), List.of(), features);
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
        return PackageSet.resolve(PackageSyntax.of(main), otherPackages, reader.partial, features);
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
        } else if (name.endsWith(".wasm")) {
            binary(path, others);
        } else if (name.endsWith(".wat")) {
            problems.add(Diagnostic.of(
                    Place.NOWHERE, "package `" + path + "` is a component as text, expected a binary or WIT"));
        }
    }

    /** A package in a component: its WIT is read as if it had been written. */
    private void binary(Path path, List<List<WitFile>> others) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        Component component =
                ComponentDecoder.isComponent(bytes) ? ComponentDecoder.decode(bytes, ComponentFeatures.ALL) : null;
        if (component == null || !PackageBinary.isPackage(component)) {
            problems.add(Diagnostic.of(Place.NOWHERE, "file `" + path + "` holds no WIT package"));
            return;
        }
        PackageGraph graph = PackageBinary.of(component);
        for (int i = 0; i < graph.packages().size(); i++) {
            var id = new PackageId(i);
            WitFile file = Parser.parse(new Source(path.toString(), WitPrinter.text(graph, id, List.of())));
            if (id.equals(graph.main())) {
                others.add(List.of(file));
            } else {
                partial.addAll(PackageSyntax.of(List.of(file)));
            }
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
