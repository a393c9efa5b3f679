package tenon.make.unbundle;

import java.util.Arrays;
import java.util.List;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.CoreModule;
import tenon.component.Definition;
import tenon.component.NestedComponent;
import tenon.component.ValueDefinition;
import tenon.component.read.ComponentDecoder;
import tenon.component.write.ComponentWriter;
import tenon.make.core.ModuleSections;
import tenon.wasm.Binary;

/** Takes custom sections out of a component or core module, on all levels; names and what linkers need stay. */
public final class Stripping {
    private static final List<String> KEPT = List.of("name", "component-name", "dylink.0");

    private final boolean all;

    private Stripping(boolean all) {
        this.all = all;
    }

    /** The same without custom sections; {@code all} takes names, too. */
    public static byte[] of(byte[] binary, boolean all) {
        var run = new Stripping(all);
        return ComponentDecoder.isComponent(binary)
                ? run.component(ComponentDecoder.decode(binary, ComponentFeatures.ALL))
                : run.module(binary);
    }

    private boolean stays(String name) {
        return !all && KEPT.contains(name);
    }

    private byte[] module(byte[] binary) {
        List<ModuleSections.Section> kept = ModuleSections.read(binary).sections().stream()
                .filter(section -> section.name().map(this::stays).orElse(true))
                .toList();
        return new ModuleSections(kept).toByteArray();
    }

    private byte[] component(Component component) {
        byte[] file = component.binary().bytes();
        var writer = new ComponentWriter();
        for (Definition definition : component.definitions()) {
            if (definition instanceof CoreModule module) {
                writer.coreModule(module(bytes(module.binary())));
            } else if (definition instanceof NestedComponent nested) {
                writer.component(component(nested.component()));
            } else if (definition instanceof ValueDefinition value) {
                writer.add(value, file);
            } else {
                writer.add(definition);
            }
        }
        component.customs().forEach(custom -> {
            if (stays(custom.name())) {
                writer.custom(custom, file);
            }
        });
        return writer.toByteArray();
    }

    private static byte[] bytes(Binary binary) {
        return Arrays.copyOfRange(binary.bytes(), binary.start(), binary.end());
    }
}
