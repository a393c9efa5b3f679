package tenon.component.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.Definition;
import tenon.component.NestedComponent;
import tenon.component.ValueDefinition;
import tenon.component.read.ComponentDecoder;
import tenon.types.component.ValueType;
import tenon.wasm.Binary;

/** The types of all constants of a component that is being written: who writes them as text has to know. */
public final class ConstantTypes {
    private final List<Optional<ValueType>> types = new ArrayList<>();

    private ConstantTypes() {}

    /**
     * The type of each value definition, in the order of the binary, nested components included; empty where it cannot be told. What the
     * definitions hold is not looked at.
     *
     * @throws tenon.types.TenonException if the component cannot be decoded
     */
    public static List<Optional<ValueType>> of(byte[] bytes) {
        Component component = ComponentDecoder.decode(Binary.of(bytes), ComponentFeatures.ALL);
        var found = new ConstantTypes();
        found.add(component, Resolution.constants(component));
        return List.copyOf(found.types);
    }

    private void add(Component component, Map<Long, ValueType> known) {
        for (Definition definition : component.definitions()) {
            switch (definition) {
                case ValueDefinition value -> types.add(Optional.ofNullable(known.get(value.offset())));
                case NestedComponent nested -> add(nested.component(), known);
                default -> {}
            }
        }
    }
}
