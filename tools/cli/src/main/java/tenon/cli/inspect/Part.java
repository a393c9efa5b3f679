package tenon.cli.inspect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tenon.component.Component;
import tenon.component.ComponentInstance;
import tenon.component.CoreInstance;
import tenon.component.CoreModule;
import tenon.component.Definition;
import tenon.component.NestedComponent;
import tenon.component.Sort;
import tenon.wasm.Binary;
import tenon.wasm.Module;

/**
 * A component or core module, with what is inside. Immutable.
 *
 * @param label what it is, and its index among its like
 * @param name what it is called, if anything says so
 * @param bytes its size in bytes, all that is in it included
 * @param functions how many a core module defines; 0 for a component
 * @param customs custom sections, without those that are told elsewhere
 */
public record Part(
        Kind kind,
        String label,
        Optional<String> name,
        long bytes,
        int functions,
        List<Custom> customs,
        Producers producers,
        List<Part> parts) {

    private static final String PRODUCERS = "producers";

    /** What tools call the module with a component's own code, so that it tells none from others. */
    private static final String ANY = "main";

    /** What there is. */
    public enum Kind {
        COMPONENT,
        MODULE
    }

    /** A custom section and its size. */
    public record Custom(String name, long bytes) {}

    public Part {
        customs = List.copyOf(customs);
        parts = List.copyOf(parts);
    }

    /** A component that is a file of its own. */
    public static Part of(Component component) {
        return of(component, "component", component.names().component());
    }

    /** A core module that is a file of its own. */
    public static Part of(Module module) {
        return of(module, "core module", module.names().module());
    }

    private static Part of(Component component, String label, Optional<String> name) {
        var parts = new ArrayList<Part>();
        var entries = new EnumMap<Sort, Integer>(Sort.class);
        int modules = 0;
        int components = 0;
        for (Definition definition : component.definitions()) {
            int index = Defined.sort(definition)
                    .map(sort -> entries.merge(sort, 1, Integer::sum) - 1)
                    .orElse(0);
            if (definition instanceof CoreModule module) {
                Optional<String> given = component.names().name(Sort.CORE_MODULE, index);
                parts.add(of(
                        module.module(),
                        "core module " + modules++,
                        given.or(module.module().names()::module)));
            } else if (definition instanceof NestedComponent nested) {
                Optional<String> given = component.names().name(Sort.COMPONENT, index);
                Component inner = nested.component();
                parts.add(of(inner, "component " + components++, given.or(inner.names()::component)));
            }
        }
        var customs = component.customs().stream()
                .map(custom -> new Custom(custom.name(), custom.end() - custom.start()))
                .toList();
        Producers producers = component.customs().stream()
                .filter(custom -> custom.name().equals(PRODUCERS))
                .findFirst()
                .map(custom -> Producers.read(component.binary().bytes(), custom.start(), custom.end()))
                .orElse(Producers.NONE);
        return new Part(
                Kind.COMPONENT, label, named(name), size(component.binary()), 0, told(customs), producers, parts);
    }

    private static Part of(Module module, String label, Optional<String> name) {
        var customs = module.customs().stream()
                .map(custom -> new Custom(custom.name(), custom.end() - custom.start()))
                .toList();
        Producers producers = module.customs().stream()
                .filter(custom -> custom.name().equals(PRODUCERS))
                .findFirst()
                .map(custom -> Producers.read(module.binary().bytes(), custom.start(), custom.end()))
                .orElse(Producers.NONE);
        return new Part(
                Kind.MODULE,
                label,
                named(name),
                size(module.binary()),
                module.functions().size(),
                told(customs),
                producers,
                List.of());
    }

    private static Optional<String> named(Optional<String> name) {
        return name.filter(text -> !text.isBlank());
    }

    private static long size(Binary binary) {
        return (long) binary.end() - binary.start();
    }

    private static List<Custom> told(List<Custom> customs) {
        return customs.stream()
                .filter(custom -> !custom.name().equals(PRODUCERS))
                .toList();
    }

    /** What it is called: by its own name, or by that of the biggest module in it, or by its label. */
    public String title() {
        return name.or(() -> biggest().flatMap(Part::name).filter(text -> !text.equals(ANY)))
                .orElse(label);
    }

    private Optional<Part> biggest() {
        return modules().max((a, b) -> Long.compare(a.bytes, b.bytes));
    }

    /** All core modules in it. */
    Stream<Part> modules() {
        return parts.stream().flatMap(part -> part.kind == Kind.MODULE ? Stream.of(part) : part.modules());
    }

    /** Whether it only passes on what it is given: no code is in it. */
    static boolean isWithoutCode(Component component) {
        return component.definitions().stream().noneMatch(definition -> switch (definition) {
            case CoreModule _, CoreInstance.Instantiate _, ComponentInstance.Instantiate _ -> true;
            case NestedComponent nested -> !isWithoutCode(nested.component());
            default -> false;
        });
    }
}
