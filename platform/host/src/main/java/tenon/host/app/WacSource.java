package tenon.host.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.app.ManifestException;
import tenon.app.manifest.ComponentSpec;
import tenon.app.manifest.LocalFile;
import tenon.app.manifest.TenonSettings;
import tenon.compose.encode.Dependencies;
import tenon.compose.encode.GraphEncoder;
import tenon.compose.resolve.Composition;
import tenon.compose.resolve.PackageFiles;
import tenon.compose.source.CompositionException;
import tenon.compose.syntax.Document;
import tenon.types.Place;
import tenon.wit.WitException;
import tenon.wit.syntax.Source;

/**
 * A component that is composed when the application starts: its {@code source} is a WAC document. Packages lie in {@code deps} beside the
 * document, or are named in the manifest: {@code [component.ID.tool.tenon.packages]}, {@code "our:finance" = "finance.wasm"}.
 */
final class WacSource {
    private static final String ENDING = ".wac";

    private WacSource() {}

    /** Whether a source is a document and not a component. */
    static boolean is(LocalFile source) {
        return source.path().endsWith(ENDING);
    }

    /** The files of packages that the manifest names for a component, by name. */
    static Map<String, Path> packages(ComponentSpec spec, Path folder) {
        var packages = new LinkedHashMap<String, Path>();
        TenonSettings.of(spec).packages().forEach((name, path) -> packages.put(name, folder.resolve(path.value())));
        return packages;
    }

    /** The component that a document makes. */
    static byte[] compose(LocalFile source, Path file, Map<String, Path> packages) throws IOException {
        try {
            var files = new PackageFiles(file.resolveSibling("deps"), packages, WacSource::refuseText);
            var document = Document.parse(Source.decode(source.path(), Files.readAllBytes(file)));
            byte[] composed = Composition.of(document, files).encode(Dependencies.EMBEDDED, Optional.empty());
            GraphEncoder.requireValid(composed);
            return composed;
        } catch (CompositionException | WitException error) {
            var facts = new ArrayList<String>();
            facts.add("`" + source.path() + "` makes no component");
            if (!error.place().describe().isEmpty()) {
                facts.add(error.place().describe());
            }
            facts.add(error.fact());
            facts.addAll(error instanceof CompositionException composition ? composition.reasons() : List.of());
            throw new ManifestException(source.place(), String.join(": ", facts));
        }
    }

    private static byte[] refuseText(String file, byte[] text) {
        throw CompositionException.at(Place.NOWHERE, "`" + file + "` is text, expected a component in binary form");
    }
}
