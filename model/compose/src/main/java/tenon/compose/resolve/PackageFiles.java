package tenon.compose.resolve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.compose.graph.Package;
import tenon.compose.source.CompositionException;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.types.Place;
import tenon.types.component.SemanticVersion;
import tenon.wit.PackageGraph;
import tenon.wit.binary.PackageEncoder;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Slips;

/**
 * Packages in a folder: {@code NAMESPACE/NAME.wasm}, {@code NAMESPACE/NAME.wat}, {@code NAMESPACE/NAME.wit} or a folder of WIT called {@code
 * NAMESPACE/NAME}; with a version {@code NAMESPACE/NAME/VERSION.wasm} and so on. Some may be given by their paths.
 *
 * @param folder where packages are looked for
 * @param given by name without version: the file or folder of a package
 * @param text makes a binary of WebAssembly text, which this module cannot read
 * @param features that the packages may use
 */
public record PackageFiles(Path folder, Map<String, Path> given, WitReader.TextEncoder text, ComponentFeatures features)
        implements Packages {

    private static final int MOST_COMPARED = 1000;

    public PackageFiles {
        given = Map.copyOf(given);
    }

    /** Of packages that use what is on when nobody says anything. */
    public PackageFiles(Path folder, Map<String, Path> given, WitReader.TextEncoder text) {
        this(folder, given, text, ComponentFeatures.DEFAULT);
    }

    @Override
    public Optional<Package> find(String name, Optional<SemanticVersion> version) {
        Path path = given.get(name);
        if (path != null) {
            if (!Files.exists(path)) {
                throw CompositionException.at(
                        Place.NOWHERE, "`" + path + "`, given for package `" + name + "`, does not exist");
            }
            return Optional.of(read(name, version, path));
        }
        Path whole = place(name, version);
        return Stream.of(".wasm", ".wat", "", ".wit")
                .map(ending -> whole.resolveSibling(whole.getFileName() + ending))
                .filter(file -> file.toString().endsWith(".wasm")
                                || file.toString().endsWith(".wat")
                                || file.toString().endsWith(".wit")
                        ? Files.isRegularFile(file)
                        : Files.isDirectory(file))
                .findFirst()
                .map(file -> read(name, version, file));
    }

    /** Where a package lies that is not given by its path, but for the ending. */
    private Path place(String name, Optional<SemanticVersion> version) {
        Path base = folder;
        for (String part : name.split(":")) {
            base = base.resolve(part);
        }
        return version.isPresent() ? base.resolve(version.get().toString()) : base;
    }

    @Override
    public Optional<String> whereabouts(String name, Optional<SemanticVersion> version) {
        String paths = given.keySet().stream().sorted().collect(Collectors.joining("`, `", "`", "`"));
        String looked = "it was looked for as `" + place(name, version) + ".wasm`, .wat, .wit or a folder of WIT"
                + (given.isEmpty() ? "; it can be given by its path, too" : "; those given by a path are " + paths);
        return Optional.of(
                near(name).map(near -> "there is `" + near + "`; " + looked).orElse(looked));
    }

    /** The package of a name near to this one, among those given and those in the folder of the same namespace. */
    private Optional<String> near(String name) {
        var known = new ArrayList<>(given.keySet());
        String namespace = name.substring(0, name.indexOf(':') + 1);
        Path siblings = folder.resolve(name.substring(0, Math.max(0, name.indexOf(':'))));
        if (!namespace.isEmpty() && Files.isDirectory(siblings)) {
            try (Stream<Path> files = Files.list(siblings)) {
                files.limit(MOST_COMPARED)
                        .map(file -> file.getFileName().toString().replaceFirst("\\.(wasm|wat|wit)$", ""))
                        .forEach(each -> known.add(namespace + each));
            } catch (IOException _) {
                // a hint less
                return Optional.empty();
            }
        }
        return Slips.nearest(name, known);
    }

    /** A package out of a file, or out of a folder of WIT. */
    public Package read(String name, Optional<SemanticVersion> version, Path path) {
        try {
            return Package.of(name, version, path.toString(), binary(path), features);
        } catch (MalformedException | InvalidException broken) {
            throw CompositionException.at(broken.place(), "file `" + path + "` is broken: " + broken.fact());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private byte[] binary(Path path) throws IOException {
        String name = path.getFileName().toString();
        if (Files.isDirectory(path) || name.endsWith(".wit")) {
            PackageGraph graph = WitReader.read(path, Features.ALL, text);
            return PackageEncoder.encode(graph, graph.main());
        }
        byte[] file = Files.readAllBytes(path);
        byte[] bytes = name.endsWith(".wat") ? text.encode(path.toString(), file) : file;
        if (!ComponentDecoder.isComponent(bytes)) {
            throw CompositionException.at(
                    Place.NOWHERE, "`" + path + "` is not a component, expected one, or a WIT package");
        }
        return bytes;
    }
}
