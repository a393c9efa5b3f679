package tenon.compose.graph;

import java.util.Collections;
import java.util.Optional;
import java.util.SequencedMap;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.compose.type.ComponentReader;
import tenon.compose.type.InterfaceType;
import tenon.compose.type.Type;
import tenon.compose.type.WorldType;
import tenon.types.component.SemanticVersion;

/** A component that can be instantiated, or a WIT package. Belongs to one composition; identity counts. */
public final class Package {
    private final String name;
    private final Optional<SemanticVersion> version;
    private final String origin;
    private final Optional<byte[]> binary;
    private final WorldType world;
    private final InterfaceType instance;
    private final SequencedMap<String, Type> definitions;

    private Package(
            String name, Optional<SemanticVersion> version, String origin, Optional<byte[]> binary, WorldType world) {
        this.name = name;
        this.version = version;
        this.origin = origin;
        this.binary = binary;
        this.world = world;
        this.instance = new InterfaceType(Optional.empty());
        this.instance.exports().putAll(world.exports());
        this.definitions = Collections.unmodifiableSequencedMap(ComponentReader.definitions(world));
    }

    /**
     * Reads a component, or a WIT package in binary form.
     *
     * @param name without version: {@code example:greeter}
     * @param origin how errors call where it comes from; a file's path
     * @param binary that nobody may change afterwards
     * @throws tenon.types.TenonException if it is malformed or invalid
     */
    public static Package of(String name, Optional<SemanticVersion> version, String origin, byte[] binary) {
        return of(name, version, origin, binary, ComponentFeatures.DEFAULT);
    }

    /** The same, of a component that may use {@code features}. */
    public static Package of(
            String name, Optional<SemanticVersion> version, String origin, byte[] binary, ComponentFeatures features) {
        WorldType world = ComponentReader.world(ComponentDecoder.decode(binary, features));
        return new Package(name, version, origin, Optional.of(binary), world);
    }

    /** A component of which only the type is known, so that it can be imported, but not embedded. */
    public static Package of(String name, Optional<SemanticVersion> version, String origin, WorldType world) {
        // a component has no types of its own that it uses: what it imports under a name is another type
        var component = new WorldType(Optional.empty());
        component.imports().putAll(world.imports());
        component.exports().putAll(world.exports());
        component.importAttributes().putAll(world.importAttributes());
        component.exportAttributes().putAll(world.exportAttributes());
        return new Package(name, version, origin, Optional.empty(), component);
    }

    /** Without version. */
    public String name() {
        return name;
    }

    public Optional<SemanticVersion> version() {
        return version;
    }

    /** How errors call where it comes from. */
    public String origin() {
        return origin;
    }

    /** The component itself; empty if only its type is known. */
    public Optional<byte[]> binary() {
        return binary.map(byte[]::clone);
    }

    /** What it asks for and offers. */
    public WorldType world() {
        return world;
    }

    /** The type of its instances. */
    public InterfaceType instance() {
        return instance;
    }

    /** The interfaces and worlds of a WIT package, by name. */
    public SequencedMap<String, Type> definitions() {
        return definitions;
    }

    /** Whether it is a WIT package, of which nothing can be instantiated. */
    public boolean isWit() {
        return !definitions.isEmpty();
    }

    /** Name and version. */
    @Override
    public String toString() {
        return name + version.map(number -> "@" + number).orElse("");
    }
}
