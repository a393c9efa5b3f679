package tenon.make.embed;

import java.util.Optional;
import tenon.make.world.Lifting;
import tenon.types.component.InterfaceName;
import tenon.types.component.SemanticVersion;
import tenon.wit.Function;
import tenon.wit.PackageGraph;
import tenon.wit.World;

/**
 * How a dummy module calls its imports and exports.
 *
 * @param standard the names of BuildTargets.md, and not those of today's tools
 * @param lifting how async functions are lifted; what is not {@link Lifting#SYNC} has them lowered in the async way, too
 */
record DummyNames(PackageGraph graph, boolean standard, Lifting lifting) {

    /** The two names of an import. */
    record Pair(String module, String name) {}

    Lifting lifting(Function function) {
        return function.kind().async() ? lifting : Lifting.SYNC;
    }

    private String text(World.Key key) {
        return switch (key) {
            case World.Key.Plain(String name) -> name;
            case World.Key.OfInterface(var id) -> {
                InterfaceName name = graph.name(id).orElseThrow();
                yield standard
                        ? name.unversioned()
                                + name.version()
                                        .map(version -> "@"
                                                + (version instanceof SemanticVersion semantic
                                                        ? semantic.track()
                                                                .map(Object::toString)
                                                                .orElse(version.toString())
                                                        : version))
                                        .orElse("")
                        : name.toString();
            }
        };
    }

    /** The first name of imports: of an interface, or of the world itself. */
    private String module(Optional<World.Key> key, boolean exported) {
        if (standard) {
            return key.map(each -> "cm32p2|" + (exported ? "_ex_" : "") + text(each))
                    .orElse("cm32p2");
        }
        return (exported ? "[export]" : "") + key.map(this::text).orElse("$root");
    }

    Pair imported(Optional<World.Key> key, Function function) {
        String prefix = lifting(function) == Lifting.SYNC ? "" : "[async-lower]";
        return new Pair(module(key, false), prefix + function.name());
    }

    /** {@code builtin} is {@code drop}, {@code new} or {@code rep}. */
    Pair resource(Optional<World.Key> key, String resource, String builtin, boolean exported) {
        String name = standard ? resource + "_" + builtin : "[resource-" + builtin + "]" + resource;
        return new Pair(module(key, exported), name);
    }

    Pair builtin(Optional<World.Key> key, Function function, String builtin, boolean exported) {
        return new Pair(module(key, exported), builtin + function.name());
    }

    String exported(Optional<World.Key> key, Function function) {
        if (standard) {
            return "cm32p2|" + key.map(this::text).orElse("") + "|" + function.name();
        }
        String prefix = switch (lifting(function)) {
            case SYNC -> "";
            case ASYNC -> "[async-lift]";
            case ASYNC_STACKFUL -> "[async-lift-stackful]";
        };
        return prefix + key.map(each -> text(each) + "#").orElse("") + function.name();
    }

    String postReturn(Optional<World.Key> key, Function function) {
        String name = exported(key, function);
        return standard ? name + "_post" : "cabi_post_" + name;
    }

    String destructor(World.Key key, String resource) {
        return standard ? "cm32p2|" + text(key) + "|" + resource + "_dtor" : text(key) + "#[dtor]" + resource;
    }

    String service(String name) {
        if (standard) {
            return "cm32p2_" + name;
        }
        return switch (name) {
            case "realloc" -> "cabi_realloc";
            case "initialize" -> "_initialize";
            default -> name;
        };
    }
}
