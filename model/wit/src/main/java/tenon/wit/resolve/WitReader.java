package tenon.wit.resolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
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
    private static final String TEXT_ENDING = ".wat";
    private static final int MOST_PROBLEMS = 20;

    private final List<Diagnostic> problems = new ArrayList<>();

    private final List<PackageSyntax> binaries = new ArrayList<>();

    /** What binary packages say of others that they use, which may not be all. */
    private final List<PackageSyntax> partial = new ArrayList<>();

    private final TextEncoder encoder;

    /** Makes a binary of WebAssembly text, which this module cannot read. */
    @FunctionalInterface
    public interface TextEncoder {
        /** The binary of a text; {@code name} is the file's, for errors. */
        byte[] encode(String name, byte[] text);
    }

    private WitReader(TextEncoder encoder) {
        this.encoder = encoder;
    }

    /** Reads a folder, or a single file with all that it needs; what is a component must be binary. */
    public static PackageGraph read(Path path, Features features) throws IOException {
        return read(path, features, (name, _) -> {
            throw new WitException(Diagnostic.of(
                    Place.NOWHERE, "package `" + name + "` is a component as text, expected a binary or WIT"));
        });
    }

    /** The same, of components as text, too. */
    public static PackageGraph read(Path path, Features features, TextEncoder encoder) throws IOException {
        if (Files.isDirectory(path)) {
            return readFolder(path, features, encoder);
        }
        String name = path.getFileName().toString();
        return isComponent(name) ? packageIn(path, encoder) : parse(source(path), features);
    }

    private static boolean isComponent(String name) {
        return name.endsWith(".wasm") || name.endsWith(TEXT_ENDING);
    }

    /** Reads a single text. */
    public static PackageGraph parse(Source source, Features features) {
        return PackageSet.resolve(
                PackageSyntax.of(List.of(Parser.parse(source))), List.of(), List.of(), List.of(), features);
    }

    private static PackageGraph readFolder(Path folder, Features features, TextEncoder encoder) throws IOException {
        var reader = new WitReader(encoder);
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
        return PackageSet.resolve(PackageSyntax.of(main), otherPackages, reader.binaries, reader.partial, features);
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
        } else if (isComponent(name)) {
            try {
                addWritten(path, packageIn(path, encoder));
            } catch (WitException error) {
                problems.addAll(error.diagnostics());
            }
        }
    }

    /** The package that a component holds. */
    private static PackageGraph packageIn(Path path, TextEncoder encoder) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        byte[] binary = path.toString().endsWith(TEXT_ENDING) ? encoder.encode(path.toString(), bytes) : bytes;
        if (ComponentDecoder.isComponent(binary)) {
            Component component = ComponentDecoder.decode(binary, ComponentFeatures.ALL);
            if (PackageBinary.isPackage(component)) {
                return PackageBinary.of(component);
            }
        }
        throw new WitException(Diagnostic.of(Place.NOWHERE, "file `" + path + "` holds no WIT package"));
    }

    /** The WIT of a package in a component is read as if it had been written. */
    private void addWritten(Path path, PackageGraph graph) {
        for (int i = 0; i < graph.packages().size(); i++) {
            var id = new PackageId(i);
            WitFile file = Parser.parse(new Source(path.toString(), WitPrinter.text(graph, id, List.of())));
            (id.equals(graph.main()) ? binaries : partial).addAll(PackageSyntax.of(List.of(file)));
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
