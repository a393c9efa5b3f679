package tenon.wit.binary;

import java.util.Optional;
import tenon.component.TypeExpression;
import tenon.wit.TypeId;

/** An entry of a type index space: as written, in the scope that it is written in, or by the name that it has in the graph. */
final class DecodedType {
    private final TypeExpression expression;
    private final DecodedLevel level;
    private final Optional<TypeId> name;

    private DecodedType(TypeExpression expression, DecodedLevel level, Optional<TypeId> name) {
        this.expression = expression;
        this.level = level;
        this.name = name;
    }

    DecodedType(TypeExpression expression, DecodedLevel level) {
        this(expression, level, Optional.empty());
    }

    /** The same under a name. */
    DecodedType named(TypeId id) {
        return new DecodedType(expression, level, Optional.of(id));
    }

    TypeExpression expression() {
        return expression;
    }

    DecodedLevel level() {
        return level;
    }

    Optional<TypeId> name() {
        return name;
    }
}
