package tenon.wit.binary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import tenon.component.Component;
import tenon.component.ExternalName;
import tenon.component.Sort;

/** An entry of an index space, as far as WIT can say something about it. */
sealed interface DecodedItem {

    /** A type. */
    record OfType(DecodedType type) implements DecodedItem {}

    /** A function of this type. */
    record OfFunction(DecodedType type) implements DecodedItem {}

    /** An instance with its exports, by name. */
    record OfInstance(SequencedMap<String, Named> exports) implements DecodedItem {
        public OfInstance {
            exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
        }
    }

    /** A component of this type. */
    record OfComponentType(DecodedType type) implements DecodedItem {}

    /** A component that is written out in {@code outer}. */
    record OfComponent(Component component, DecodedLevel outer) implements DecodedItem {}

    /** What WIT knows nothing of: modules and values. */
    record Other(Sort sort) implements DecodedItem {}

    /** An import or export. */
    record Named(ExternalName name, DecodedItem item) {}

    /** The word for it in messages. */
    default Sort sort() {
        return switch (this) {
            case OfType _ -> Sort.TYPE;
            case OfFunction _ -> Sort.FUNC;
            case OfInstance _ -> Sort.INSTANCE;
            case OfComponentType _, OfComponent _ -> Sort.COMPONENT;
            case Other(Sort sort) -> sort;
        };
    }
}
