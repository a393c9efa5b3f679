package tenon.types.component;

import java.util.List;

/** A handle that is lent for the time of a call. */
public record BorrowType(ResourceType resource) implements ValueType {
    @Override
    public List<ValueType> parts() {
        return List.of();
    }

    @Override
    public String toString() {
        return "borrow<" + resource + ">";
    }
}
