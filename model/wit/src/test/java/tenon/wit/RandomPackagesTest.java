package tenon.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.wit.binary.PackageBinary;
import tenon.wit.binary.PackageEncoder;
import tenon.wit.print.GraphJson;
import tenon.wit.print.WitPrinter;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/** Random packages mean the same when they are printed and read again, and when they become binaries and are read back. */
class RandomPackagesTest {
    private static final int PACKAGES = 300;

    /** Writes one package; what stands behind uses what stands before. */
    private static final class RandomPackage {
        private static final List<String> PRIMITIVES =
                List.of("bool", "u8", "s16", "u32", "s64", "f32", "f64", "char", "string", "error-context");
        private static final List<String> KEYS = List.of("bool", "u32", "char", "string");

        private final Random random;
        private final StringBuilder out = new StringBuilder("package a:b@1.2.3;\n");
        private int names;

        /** By interface: its value types. */
        private final List<List<String>> values = new ArrayList<>();

        private final List<List<String>> resources = new ArrayList<>();

        RandomPackage(long seed) {
            random = new Random(seed);
        }

        String text() {
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                writeInterface(i);
            }
            writeWorld(count);
            return out.toString();
        }

        private String name(String kind) {
            return kind + "-" + names++;
        }

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private void remark() {
            if (chance(15)) {
                out.append("  /// says \"something\" \\ of it\n");
            }
            if (chance(10)) {
                out.append("  @since(version = 1.0.0)\n");
            }
        }

        private void writeInterface(int index) {
            values.add(new ArrayList<>());
            resources.add(new ArrayList<>());
            out.append("interface i").append(index).append(" {\n");
            if (index > 0 && chance(60)) {
                use(random.nextInt(index), index);
            }
            for (int i = random.nextInt(6); i > 0; i--) {
                remark();
                define(index);
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                remark();
                out.append("  ")
                        .append(name("f"))
                        .append(": ")
                        .append(function(index))
                        .append(";\n");
            }
            if (chance(30)) {
                String accessed = name("p");
                out.append("  ").append(accessed).append(": get() -> u32;\n");
                out.append("  ").append(accessed).append(": set(v: u32) -> result<_, string>;\n");
            }
            out.append("}\n");
        }

        private void use(int from, int index) {
            var all = new ArrayList<>(values.get(from));
            all.addAll(resources.get(from));
            if (all.isEmpty()) {
                return;
            }
            String used = any(all);
            String local = chance(50) ? used : name("u");
            out.append("  use i").append(from).append(".{").append(used);
            out.append(local.equals(used) ? "" : " as " + local).append("};\n");
            (resources.get(from).contains(used) ? resources : values).get(index).add(local);
        }

        private void define(int index) {
            String type = name("t");
            switch (random.nextInt(6)) {
                case 0 -> out.append("  record ").append(type).append(parts(index, "x: %s"));
                case 1 -> out.append("  variant ").append(type).append(parts(index, "x(%s)"));
                case 2 -> out.append("  enum ").append(type).append(parts(index, "x"));
                case 3 -> out.append("  flags ").append(type).append(parts(index, "x"));
                case 4 ->
                    out.append("  type ")
                            .append(type)
                            .append(" = ")
                            .append(value(index, 3))
                            .append(";\n");
                default -> {
                    out.append("  resource ").append(type).append(" {\n");
                    resources.get(index).add(type);
                    if (chance(50)) {
                        out.append("    constructor(").append(params(index)).append(");\n");
                    }
                    for (int i = random.nextInt(3); i > 0; i--) {
                        String form = chance(30) ? ": static " : ": ";
                        out.append("    ")
                                .append(name("m"))
                                .append(form)
                                .append(function(index))
                                .append(";\n");
                    }
                    out.append("  }\n");
                    return;
                }
            }
            values.get(index).add(type);
        }

        /** {@code form} has {@code x} where the label goes and perhaps {@code %s} for a type. */
        private String parts(int index, String form) {
            var parts = new ArrayList<String>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                String written = form.contains("%s") ? String.format(form, value(index, 2)) : form;
                parts.add(name("x") + written.substring(1));
            }
            return " { " + String.join(", ", parts) + " }\n";
        }

        private String function(int index) {
            String result = chance(50) ? " -> " + value(index, 2) : "";
            return (chance(20) ? "async " : "") + "func(" + params(index) + ")" + result;
        }

        private String params(int index) {
            var params = new ArrayList<String>();
            for (int i = random.nextInt(3); i > 0; i--) {
                List<String> lent = resources.get(index);
                String type = !lent.isEmpty() && chance(30) ? "borrow<" + any(lent) + ">" : value(index, 2);
                params.add(name("a") + ": " + type);
            }
            return String.join(", ", params);
        }

        private String value(int index, int depth) {
            List<String> known = values.get(index);
            List<String> owned = resources.get(index);
            if (!known.isEmpty() && chance(30)) {
                return any(known);
            }
            if (!owned.isEmpty() && chance(15)) {
                return any(owned);
            }
            if (depth == 0 || chance(40)) {
                return any(PRIMITIVES);
            }
            String inner = value(index, depth - 1);
            return switch (random.nextInt(9)) {
                case 0 -> "list<" + inner + ">";
                case 1 -> "list<" + inner + ", " + (1 + random.nextInt(9)) + ">";
                case 2 -> "option<" + inner + ">";
                case 3 -> "tuple<" + inner + ", " + value(index, depth - 1) + ">";
                case 4 -> "result<_, " + inner + ">";
                case 5 -> "result<" + inner + ">";
                case 6 -> "map<" + any(KEYS) + ", " + inner + ">";
                case 7 -> "stream<u8>";
                default -> "future";
            };
        }

        private void writeWorld(int count) {
            out.append("world w {\n");
            boolean exports = chance(50);
            for (int i = 0; i < count; i++) {
                out.append(exports ? "  export i" : "  import i").append(i).append(";\n");
            }
            if (chance(30)) {
                out.append("  import other: i0;\n");
            }
            if (chance(50)) {
                out.append("  @external-id(\"x\\\\y\")\n  import f: func(a: list<u8>) -> string;\n");
            }
            if (chance(30)) {
                out.append("  export inline: interface { g: func(); }\n");
            }
            out.append("}\n");
        }
    }

    @Test
    void packagesStayTheSame() {
        for (int seed = 0; seed < PACKAGES; seed++) {
            String text = new RandomPackage(seed).text();
            PackageGraph graph = WitReader.parse(new Source("random.wit", text), Features.ALL);
            String printed = WitPrinter.all(graph);
            PackageGraph again = WitReader.parse(new Source("printed.wit", printed), Features.ALL);
            assertEquals(printed, WitPrinter.all(again), text);
            assertEquals(GraphJson.of(again), GraphJson.of(throughText(again)), text);
            byte[] binary = PackageEncoder.encode(graph, graph.main());
            PackageGraph decoded = PackageBinary.of(ComponentDecoder.decode(binary, ComponentFeatures.ALL));
            assertEquals(printed, WitPrinter.all(decoded), text);
        }
    }

    private static PackageGraph throughText(PackageGraph graph) {
        return WitReader.parse(new Source("again.wit", WitPrinter.all(graph)), Features.ALL);
    }
}
