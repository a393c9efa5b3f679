package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tenon.types.component.PackageName;
import tenon.wit.WitException;
import tenon.wit.syntax.Slips;
import tenon.wit.syntax.WitFile;

/** What would mend a name that is not found. Hints only help people: they never change what is accepted. */
final class Hints {
    /** Interfaces that have another name today, without versions. */
    private static final Map<String, String> RENAMED = Map.of(
            "wasi:config/runtime", "wasi:config/store",
            "wasi:http/default-outgoing-http", "wasi:http/outgoing-handler",
            "wasi:poll/poll", "wasi:io/poll",
            "wasi:cli-base/environment", "wasi:cli/environment",
            "wasi:cli-base/exit", "wasi:cli/exit",
            "wasi:keyvalue/eventual", "wasi:keyvalue/store");

    private static final List<String> TYPE_WORDS = List.of(
            "bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string", "list",
            "option", "result", "tuple", "map", "future", "stream");

    private static final int MOST_LISTED = 8;

    private final GraphBuilder graph;

    Hints(GraphBuilder graph) {
        this.graph = graph;
    }

    /** For a type that is not in scope; {@code own} is the package that it is missed in. */
    Optional<String> missingType(String name, Collection<String> inScope, PackageSyntax own) {
        Optional<String> word = Slips.word(name);
        if (word.isPresent()) {
            return word.map(known -> known.equals("_")
                    ? "a function that gives back nothing has no `->`, and a `result` without a value has `_` for it"
                    : "WIT has `" + known + "` for it");
        }
        Optional<String> elsewhere = interfaceWithType(own, name).or(() -> graph.interfaceWithType(name));
        if (elsewhere.isPresent()) {
            return elsewhere.map(path -> "`use " + path + ".{" + name + "};` takes it from that interface");
        }
        var known = new ArrayList<>(inScope);
        known.addAll(TYPE_WORDS);
        return Slips.nearest(name, known)
                .map(near -> "`" + near + "` does")
                .or(() -> Optional.of("define it here, as in `variant " + name
                        + " { … }`, or take it from another interface: `use an-interface.{" + name + "};`"));
    }

    private static Optional<String> interfaceWithType(PackageSyntax own, String name) {
        for (List<WitFile.Item> file : own.files()) {
            for (WitFile.Item item : file) {
                if (item instanceof WitFile.InterfaceSyntax each && defines(each, name)) {
                    return Optional.of(each.name().name());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean defines(WitFile.InterfaceSyntax each, String name) {
        return each.members().stream()
                .anyMatch(member -> member instanceof WitFile.TypeItem type
                        && type.name().name().equals(name));
    }

    /** For an interface or world that the package does not have. */
    Optional<String> missingItem(String name, Collection<String> known) {
        return graph.interfaceNamed(name)
                .map(path -> "another package has it: `" + path + "`")
                .or(() -> Slips.nearest(name, known).map(near -> "`" + near + "` does"))
                .or(() -> listed("the package has ", known));
    }

    /** For an interface or world that another package does not have. */
    Optional<String> missingForeign(PackageName from, String name, Collection<String> known, boolean otherKind) {
        if (otherKind) {
            return Optional.empty();
        }
        return renamed(from, name)
                .filter(path -> known.contains(path.substring(path.indexOf('/') + 1)))
                .map(path -> "it is called `" + path + "` today")
                .or(() -> Slips.nearest(name, known).map(near -> "`" + from.unversioned() + "/" + near + "` is there"))
                .or(() -> listed("it has ", known));
    }

    /** The error that a path leads into a package that is not there, if it is not. */
    Optional<WitException> missingPackage(Draft.Reference each) {
        PackageName name = each.item().packageName();
        return graph.find(name).isPresent()
                ? Optional.empty()
                : Optional.of(each.spot()
                        .error(
                                "package `" + name + "` is not there",
                                missingPackage(name, each.item().name(), graph.names())));
    }

    /** For a package that is not there. */
    private Optional<String> missingPackage(PackageName name, String item, Collection<PackageName> known) {
        Optional<String> today = renamed(name, item);
        if (today.isPresent()) {
            return today.map(path -> "`" + name.unversioned() + "/" + item + "` is called `" + path
                    + "` today; its package belongs into `deps`");
        }
        for (PackageName other : known) {
            if (other.unversioned().equals(name.unversioned())) {
                return Optional.of("`" + other + "` is there");
            }
        }
        var names = new TreeSet<String>();
        known.forEach(each -> names.add(each.unversioned()));
        return Slips.nearest(name.unversioned(), names)
                .map(near -> "`" + near + "` is there")
                .or(() -> Optional.of("put it into the folder `deps`, as a folder or a file"));
    }

    private static Optional<String> renamed(PackageName from, String name) {
        return Optional.ofNullable(RENAMED.get(from.unversioned() + "/" + name));
    }

    /** All names that are there, if they are few. */
    static Optional<String> listed(String intro, Collection<String> known) {
        if (known.isEmpty() || known.size() > MOST_LISTED) {
            return Optional.empty();
        }
        return Optional.of(intro + "`" + String.join("`, `", known) + "`");
    }
}
