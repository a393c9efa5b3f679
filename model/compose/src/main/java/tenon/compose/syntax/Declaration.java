package tenon.compose.syntax;

import java.util.List;
import java.util.Optional;
import tenon.compose.source.Span;

/** A named type, interface or world as written. */
public sealed interface Declaration {
    /** What is said about it. */
    List<Remark> remarks();

    /** What it is called. */
    Identifier name();

    record Interface(List<Remark> remarks, Identifier name, List<InterfaceItem> items) implements Declaration {}

    record World(List<Remark> remarks, Identifier name, List<WorldItem> items) implements Declaration {}

    /** A type of values, a resource, or a function's type under a name. */
    sealed interface Type extends Declaration {}

    record Resource(List<Remark> remarks, Identifier name, List<Method> methods) implements Type {}

    record Variant(List<Remark> remarks, Identifier name, List<Case> cases) implements Type {}

    record Record(List<Remark> remarks, Identifier name, List<Field> fields) implements Type {}

    record Flags(List<Remark> remarks, Identifier name, List<Label> labels) implements Type {}

    record Enum(List<Remark> remarks, Identifier name, List<Label> labels) implements Type {}

    record Alias(List<Remark> remarks, Identifier name, TypeSyntax type) implements Type {}

    record FunctionAlias(List<Remark> remarks, Identifier name, TypeSyntax.Function function) implements Type {}

    /** A constructor or method of a resource. */
    sealed interface Method {
        List<Remark> remarks();
    }

    /** {@code span} is the keyword. */
    record Constructor(List<Remark> remarks, Span span, List<TypeSyntax.Parameter> params) implements Method {}

    record Member(List<Remark> remarks, Identifier name, boolean isStatic, TypeSyntax.Function function)
            implements Method {}

    record Case(List<Remark> remarks, Identifier name, Optional<TypeSyntax> type) {}

    record Field(List<Remark> remarks, Identifier name, TypeSyntax type) {}

    /** A flag, or a case of an enum. */
    record Label(List<Remark> remarks, Identifier name) {}
}
