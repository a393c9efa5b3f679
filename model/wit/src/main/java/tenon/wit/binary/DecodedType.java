package tenon.wit.binary;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.component.TypeExpression;
import tenon.types.core.NumType;
import tenon.wit.TypeId;

/**
 * An entry of a type index space, as written in the scope that it is written in. Each import or export of a type makes an entry of its own,
 * which leads to the one that it is the same as; so it is known which way a type came. Confined to one run.
 */
final class DecodedType {
    /** Types may be imported and exported one after the other so often before one of them has a name in WIT. */
    private static final int DEEPEST = 1000;

    private final TypeExpression expression;
    private final DecodedLevel level;
    private final @Nullable DecodedType target;
    private final int depth;
    private @Nullable TypeId name;
    private @Nullable TypeId inPlace;

    private DecodedType(TypeExpression expression, DecodedLevel level, @Nullable DecodedType target, int depth) {
        this.expression = expression;
        this.level = level;
        this.target = target;
        this.depth = depth;
    }

    static DecodedType of(TypeExpression expression, DecodedLevel level) {
        return new DecodedType(expression, level, null, 0);
    }

    /** A resource that is like no other. */
    static DecodedType resource(DecodedLevel level) {
        return of(new TypeExpression.ResourceOf(NumType.I32, Optional.empty()), level);
    }

    /** Another entry for the same type. */
    DecodedType again() {
        if (depth >= DEEPEST) {
            throw ComponentWorld.inexpressible("a type is imported and exported more than " + DEEPEST + " times");
        }
        return new DecodedType(expression, level, this, depth + 1);
    }

    TypeExpression expression() {
        return expression;
    }

    /** Where the indices of the expression count. */
    DecodedLevel level() {
        return level;
    }

    /** Whether this very entry has a name. */
    boolean isNamed() {
        return name != null;
    }

    /** The name that this entry has in the graph, or else one that it leads to. */
    Optional<TypeId> name() {
        DecodedType each = this;
        while (each.name == null && each.target != null) {
            each = each.target;
        }
        return Optional.ofNullable(each.name);
    }

    /** The type without a name that this was found to be. */
    Optional<TypeId> inPlace() {
        return Optional.ofNullable(inPlace);
    }

    /** Keeps the type without a name that this is. */
    void inPlace(TypeId id) {
        inPlace = id;
    }

    /** Gives this entry its name. */
    void name(TypeId id) {
        name = id;
    }
}
