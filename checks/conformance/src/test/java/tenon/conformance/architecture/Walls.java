package tenon.conformance.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which module may use which: the table of ARCHITECTURE.md. A module may use what the modules that it may use may use.
 *
 * <p>Immutable.
 */
record Walls(Map<String, Set<String>> mayUse) {
    /** The floor: these stand on the JDK alone. */
    static final Set<String> JDK_ALONE =
            Set.of("types", "wasm", "component", "wit", "text", "make", "compose", "core", "runtime");

    private static final String OURS = "tenon.";

    static Walls ofTheHouse() {
        var direct = new LinkedHashMap<String, List<String>>();
        direct.put("types", List.of());
        direct.put("wasm", List.of("types"));
        direct.put("component", List.of("types", "wasm"));
        direct.put("wit", List.of("types", "component"));
        direct.put("text", List.of("wasm", "component"));
        direct.put("make", List.of("wit"));
        direct.put("compose", List.of("wit", "component"));
        direct.put("core", List.of("wasm"));
        direct.put("runtime", List.of("component", "core"));
        direct.put("wasi", List.of("runtime"));
        direct.put("script", List.of("runtime", "text"));
        direct.put("app", List.of("component"));
        direct.put("host", List.of("app", "wasi", "compose"));
        direct.put("cli", List.of("script", "host", "wit", "make", "compose"));
        direct.put("testing", List.of());
        direct.put("bench", List.of("host", "script"));
        direct.put("conformance", List.of("script", "wasi", "app", "wit", "make", "compose", "cli", "testing"));
        return of(direct);
    }

    /** From the direct arrows, each module listed after those that it points at. */
    static Walls of(Map<String, List<String>> direct) {
        var reachable = new HashMap<String, Set<String>>();
        direct.forEach((module, targets) -> {
            var all = new TreeSet<String>();
            for (String target : targets) {
                all.add(target);
                all.addAll(reachable.getOrDefault(target, Set.of()));
            }
            reachable.put(module, all);
        });
        return new Walls(Map.copyOf(reachable));
    }

    /** Arrows that the table does not have, in descriptors and in code. */
    List<String> breaches(List<BuiltModule> modules) {
        var breaches = new ArrayList<String>();
        for (BuiltModule module : modules) {
            Set<String> allowed = mayUse.get(module.name());
            if (allowed == null) {
                breaches.add("module `" + module.name() + "` is not in the table of ARCHITECTURE.md");
                continue;
            }
            for (CompiledClass type : module.classes()) {
                breaches.addAll(breaches(module, type, allowed));
            }
        }
        return breaches;
    }

    private static List<String> breaches(BuiltModule module, CompiledClass type, Set<String> allowed) {
        var breaches = new ArrayList<String>();
        if (!type.packageName().isEmpty() && !isIn(type.packageName(), module.name())) {
            breaches.add("class `" + type.name() + "` is in module `" + module.name() + "`, expected package `" + OURS
                    + module.name() + "`");
        }
        for (String required : type.requires()) {
            if (required.startsWith(OURS) && !allowed.contains(required.substring(OURS.length()))) {
                breaches.add("module `" + module.name() + "` requires `" + required + "`");
            }
            if (JDK_ALONE.contains(module.name()) && !required.startsWith(OURS) && !required.startsWith("java.")) {
                breaches.add("module `" + module.name() + "` requires `" + required + "`, expected the JDK alone");
            }
        }
        for (String used : type.uses()) {
            if (used.startsWith(OURS)
                    && !isIn(used, module.name())
                    && allowed.stream().noneMatch(to -> isIn(used, to))) {
                breaches.add("class `" + type.name() + "` uses `" + used + "`");
            }
            if (JDK_ALONE.contains(module.name()) && !isOursOrTheJdks(used)) {
                breaches.add("class `" + type.name() + "` uses `" + used + "`, expected the JDK alone");
            }
        }
        return breaches;
    }

    /** Whether a package or a class with its package is in {@code module}. */
    private static boolean isIn(String name, String module) {
        return (name + ".").startsWith(OURS + module + ".");
    }

    /** JSpecify's annotations are read by the compiler only. */
    private static boolean isOursOrTheJdks(String used) {
        return used.startsWith(OURS)
                || used.startsWith("java.")
                || used.startsWith("org.jspecify.annotations.")
                || used.equals("module-info");
    }

    /** Circles among the packages of a module, with a class for each arrow; without them the packages can be put in a line. */
    static List<String> circles(BuiltModule module) {
        var points = new TreeMap<String, Map<String, String>>();
        for (CompiledClass type : module.classes()) {
            var targets = points.computeIfAbsent(type.packageName(), _ -> new TreeMap<>());
            for (String used : type.uses()) {
                int dot = used.lastIndexOf('.');
                if (dot > 0
                        && isIn(used, module.name())
                        && !used.substring(0, dot).equals(type.packageName())) {
                    targets.putIfAbsent(used.substring(0, dot), "`" + type.name() + "` uses `" + used + "`");
                }
            }
        }
        // take away what points at nothing that is left, until only circles and what points at them are left
        while (points.values().removeIf(targets -> targets.keySet().stream().noneMatch(points::containsKey))) {}
        var circles = new ArrayList<String>();
        points.forEach((from, targets) -> {
            targets.keySet().retainAll(points.keySet());
            circles.add("package `" + from + "` points at " + targets.keySet() + " and these point back: "
                    + targets.values());
        });
        return circles;
    }
}
