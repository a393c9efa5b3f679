package tenon.component.resolve;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.types.component.DefinedType;
import tenon.types.component.EnumType;
import tenon.types.component.FlagsType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/**
 * Gives a type that is imported or exported under a name an object of its own, equal to the one that it was: which of the two a function
 * mentions decides whether it can be seen from outside. Confined to one thread.
 */
final class Naming {
    private final Map<DefinedType, DefinedType> origins = new IdentityHashMap<>();

    /** The type under a name of its own. */
    DefinedType named(DefinedType type, String name) {
        DefinedType named = switch (type) {
            case ResourceType resource -> resource.named(name);
            case RecordType record -> new RecordType(record.fields());
            case VariantType variant -> new VariantType(variant.cases());
            case EnumType labels -> new EnumType(labels.labels());
            case FlagsType flags -> new FlagsType(flags.labels());
            default -> type;
        };
        if (named != type) {
            origins.put(named, type);
        }
        return named;
    }

    /** What a type was before it had its name; itself, if it has none of its own. */
    DefinedType origin(DefinedType type) {
        @Nullable DefinedType origin = origins.get(type);
        return origin == null ? type : origin;
    }

    /** Whether a type has to have a name that can be seen from outside, so that what mentions it can be. */
    static boolean isNominal(ValueType type) {
        return type instanceof RecordType
                || type instanceof VariantType
                || type instanceof EnumType
                || type instanceof FlagsType;
    }
}
