package tenon.compose.syntax;

import java.util.List;

/** One line of an interface. */
public sealed interface InterfaceItem {
    record UsedTypes(Use use) implements InterfaceItem {}

    record OwnType(Declaration.Type type) implements InterfaceItem {}

    /** A function. */
    record Export(List<Remark> remarks, Identifier name, FunctionReference function) implements InterfaceItem {}

    /** A function's type: written out, or by name. */
    sealed interface FunctionReference {}

    record Written(TypeSyntax.Function function) implements FunctionReference {}

    record Named(Identifier name) implements FunctionReference {}
}
