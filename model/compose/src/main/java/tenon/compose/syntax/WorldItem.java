package tenon.compose.syntax;

import java.util.List;

/** One line of a world. */
public sealed interface WorldItem {
    record UsedTypes(Use use) implements WorldItem {}

    record OwnType(Declaration.Type type) implements WorldItem {}

    record Import(List<Remark> remarks, Target target) implements WorldItem {}

    record Export(List<Remark> remarks, Target target) implements WorldItem {}

    record Include(List<Remark> remarks, Reference world, List<Renaming> renamings) implements WorldItem {}

    /** Another name for something that is included. */
    record Renaming(Identifier from, Identifier to) {}

    /** What is imported or exported. */
    sealed interface Target {}

    /** Something under a plain name. */
    record Named(Identifier name, ExternSyntax type) implements Target {}

    /** An interface under its own name. */
    record Whole(Reference reference) implements Target {}
}
