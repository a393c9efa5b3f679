package tenon.component.world;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tenon.types.component.InterfaceName;

/**
 * What a component can reach in the world around it, in words.
 *
 * <p>The policy: a component has nothing but its imports. What it does not import, it cannot do; what it does import, it can do as far as
 * whoever runs it grants it. Of interfaces that are not ours to know, only their host can say what they reach.
 *
 * @param can deeds with the imports that allow them
 * @param cannot deeds with the imports that would allow them, and are not there
 * @param unknown imports that only the host knows
 */
public record Reach(List<Deed> can, List<Deed> cannot, List<String> unknown) {

    public Reach {
        can = List.copyOf(can);
        cannot = List.copyOf(cannot);
        unknown = List.copyOf(unknown);
    }

    /** Something to do, in words, and interfaces: those that are there, or those that are missing. */
    public record Deed(String words, List<String> interfaces) {
        public Deed {
            interfaces = List.copyOf(interfaces);
        }
    }

    /**
     * A deed, and the interfaces that open the way to it: names without versions, or beginnings that end in {@code /} or {@code :}.
     *
     * @param spins those of Spin, which are named where they are there, and not missed where they are not
     */
    private record Door(String words, List<String> interfaces, List<String> spins) {
        Door(String words, List<String> interfaces) {
            this(words, interfaces, List.of());
        }

        boolean isOpenedBy(String name) {
            return Stream.concat(interfaces.stream(), spins.stream())
                    .anyMatch(door ->
                            door.endsWith("/") || door.endsWith(":") ? name.startsWith(door) : name.equals(door));
        }
    }

    private static final List<Door> DOORS = List.of(
            new Door(
                    "open a network connection",
                    List.of("wasi:http/outgoing-handler", "wasi:http/client", "wasi:http/handler", "wasi:sockets/"),
                    List.of(
                            "fermyon:spin/http",
                            "fermyon:spin/redis",
                            "fermyon:spin/mysql",
                            "fermyon:spin/postgres",
                            "fermyon:spin/mqtt")),
            new Door("read or write files", List.of("wasi:filesystem/")),
            new Door("read environment variables or arguments", List.of("wasi:cli/environment")),
            new Door("read standard input", List.of("wasi:cli/stdin")),
            new Door("write to standard output or standard error", List.of("wasi:cli/stdout", "wasi:cli/stderr")),
            new Door("end the process with a status", List.of("wasi:cli/exit")),
            new Door("tell the time of day", List.of("wasi:clocks/wall-clock", "wasi:clocks/system-clock")),
            new Door("measure time or wait", List.of("wasi:clocks/monotonic-clock")),
            new Door("get random numbers", List.of("wasi:random/")),
            new Door(
                    "keep data in a store",
                    List.of("wasi:keyvalue/", "wasi:blobstore/"),
                    List.of("fermyon:spin/key-value", "fermyon:spin/sqlite")),
            new Door(
                    "read configuration",
                    List.of("wasi:config/"),
                    List.of("fermyon:spin/variables", "fermyon:spin/config")),
            new Door("pass HTTP requests on to another component", List.of("wasi:http/incoming-handler")));

    /** Interfaces that hold types, or move data that other interfaces hand out: none of them opens a way by itself. */
    private static final List<String> HARMLESS = List.of(
            "wasi:io/",
            "wasi:http/types",
            "wasi:cli/types",
            "wasi:cli/terminal-",
            "wasi:clocks/types",
            "fermyon:spin/http-types",
            "fermyon:spin/redis-types",
            "fermyon:spin/rdbms-types");

    /** What a component of this world can reach. */
    public static Reach of(World world) {
        List<String> imports = world.imports().stream().map(Reach::unversioned).toList();
        var can = new ArrayList<Deed>();
        var cannot = new ArrayList<Deed>();
        for (Door door : DOORS) {
            List<String> open =
                    imports.stream().filter(door::isOpenedBy).distinct().toList();
            if (open.isEmpty()) {
                cannot.add(new Deed(door.words, door.interfaces));
            } else {
                can.add(new Deed(door.words, open));
            }
        }
        return new Reach(
                can,
                cannot,
                imports.stream().filter(Reach::isUnknown).distinct().toList());
    }

    private static String unversioned(World.Extern each) {
        return each.interfaceName()
                .map(InterfaceName::unversioned)
                .orElse(each.name().text());
    }

    private static boolean isUnknown(String name) {
        return HARMLESS.stream().noneMatch(name::startsWith) && DOORS.stream().noneMatch(door -> door.isOpenedBy(name));
    }

    /** One sentence for each deed, the possible ones first. */
    public List<String> sentences() {
        var sentences = new ArrayList<String>();
        for (Deed deed : can) {
            sentences.add("can " + deed.words() + ", as far as it is granted: imports "
                    + String.join(", ", deed.interfaces()));
        }
        for (Deed deed : cannot) {
            sentences.add(
                    "cannot " + deed.words() + ": imports no " + String.join(" and no ", families(deed.interfaces())));
        }
        for (String name : unknown) {
            sentences.add("what `" + name + "` reaches is for its host to say");
        }
        return sentences;
    }

    private static List<String> families(List<String> interfaces) {
        return interfaces.stream()
                .map(name -> name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
                .toList();
    }
}
