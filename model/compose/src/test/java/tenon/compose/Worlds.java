package tenon.compose;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tenon.compose.encode.Dependencies;
import tenon.compose.graph.Package;
import tenon.compose.resolve.Composition;
import tenon.compose.resolve.Packages;
import tenon.compose.syntax.Document;
import tenon.compose.type.WorldType;
import tenon.types.component.SemanticVersion;
import tenon.wit.PackageGraph;
import tenon.wit.binary.PackageEncoder;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/** Packages for tests that are written as WIT: a world {@code w} stands for a component of it. */
final class Worlds implements Packages {
    private final Map<String, String> texts = new HashMap<>();

    /** A component {@code name} whose world is {@code w} of {@code wit}, or a WIT package if it has no such world. */
    Worlds with(String name, String wit) {
        texts.put(name, wit);
        return this;
    }

    @Override
    public Optional<Package> find(String name, Optional<SemanticVersion> version) {
        String wit = texts.get(name + version.map(number -> "@" + number).orElse(""));
        return Optional.ofNullable(wit).map(text -> read(name, version, text));
    }

    static Package read(String name, Optional<SemanticVersion> version, String wit) {
        String origin = name.replace(':', '-') + ".wasm";
        PackageGraph graph = WitReader.parse(new Source(origin, wit), Features.ALL);
        Package read = Package.of(name, version, origin, PackageEncoder.encode(graph, graph.main()));
        return read.definitions().get("w") instanceof WorldType world ? Package.of(name, version, origin, world) : read;
    }

    Composition resolve(String document) {
        return Composition.of(Document.parse(new Source("test.wac", document)), this);
    }

    byte[] encode(String document) {
        return resolve(document).encode(Dependencies.IMPORTED, Optional.of("1.0.0"));
    }
}
