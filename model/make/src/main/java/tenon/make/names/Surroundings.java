package tenon.make.names;

import java.util.Set;
import tenon.make.world.JoinedWorld;
import tenon.make.world.Signatures;
import tenon.wit.PackageGraph;
import tenon.wit.World;

/**
 * What names of a module are looked up in.
 *
 * @param graph its only world is the component's
 * @param adapters the names of adapters and libraries
 * @param standardOnly whether names without {@code cm32p2} mean nothing
 */
public record Surroundings(PackageGraph graph, Signatures signatures, Set<String> adapters, boolean standardOnly) {
    private static final NameScheme STANDARD = new StandardNames();
    private static final NameScheme LEGACY = new LegacyNames();
    private static final String STANDARD_PREFIX = "cm32p2";

    public Surroundings {
        adapters = Set.copyOf(adapters);
    }

    World world() {
        return graph.get(JoinedWorld.ID);
    }

    /** A name without the mark of its scheme. */
    record Schemed(NameScheme scheme, String name) {}

    Schemed schemed(String name) {
        if (name.startsWith(STANDARD_PREFIX)) {
            return new Schemed(STANDARD, name.substring(STANDARD_PREFIX.length()));
        }
        return new Schemed(standardOnly ? STANDARD : LEGACY, name);
    }
}
