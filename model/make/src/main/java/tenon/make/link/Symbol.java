package tenon.make.link;

import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;

/**
 * What a library exports, or needs of others, by name and type.
 *
 * @param weak whether an import may stay without anything that meets it
 */
record Symbol(String name, Type type, boolean weak) {

    /** What libraries share. */
    sealed interface Type {
        record Function(FuncType type) implements Type {}

        record Global(GlobalType type) implements Type {}

        record Tag(FuncType type) implements Type {}
    }

    /** A symbol without what is said about it. */
    record Key(String name, Type type) {
        @Override
        public String toString() {
            return switch (type) {
                case Type.Function(FuncType function) -> "function `" + name + "` of type `" + function + "`";
                case Type.Global(GlobalType global) ->
                    "address `" + name + "` of type `" + global.value().text() + "`";
                case Type.Tag(FuncType tag) -> "tag `" + name + "` of type `" + tag + "`";
            };
        }
    }

    Key key() {
        return new Key(name, type);
    }
}
