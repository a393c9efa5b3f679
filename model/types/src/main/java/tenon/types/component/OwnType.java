package tenon.types.component;

import java.util.List;

/** A handle that owns its resource. */
public record OwnType(ResourceType resource) implements ValueType {
    @Override
    public List<ValueType> parts() {
        return List.of();
    }

    @Override
    public String toString() {
        return "own<" + resource + ">";
    }
}
