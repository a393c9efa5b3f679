package tenon.wit.syntax;

import java.util.List;
import java.util.Optional;

/** A file as written: WIT.md, "Top-level items"; {@code header} is empty if another file of the package names it. */
public record WitFile(Source source, Optional<PackageHeader> header, List<Item> items) {

    /** What stands at the top level. */
    public sealed interface Item {}

    /** {@code package a:b { … }}. */
    public record NestedPackage(PackageHeader header, List<Item> items) implements Item {}

    /** {@code use path as alias;} at the top level. */
    public record TopLevelUse(List<Attribute> attributes, UsePath path, Optional<Identifier> alias) implements Item {
        /** What it is called in the file. */
        public Identifier name() {
            return alias.orElse(path.name());
        }
    }

    /** {@code interface name { … }}. */
    public record InterfaceSyntax(Comments comments, List<Attribute> attributes, Identifier name, List<Member> members)
            implements Item {}

    /** {@code world name { … }}. */
    public record WorldSyntax(Comments comments, List<Attribute> attributes, Identifier name, List<Member> members)
            implements Item {}

    /** What stands in an interface or a world. */
    public sealed interface Member {}

    /** {@code use path.{a, b as c};}. */
    public record Use(List<Attribute> attributes, UsePath path, List<Renamed> names) implements Member {}

    /** {@code a as b}. */
    public record Renamed(Identifier name, Optional<Identifier> alias) {
        /** What it is called from here on. */
        public Identifier local() {
            return alias.orElse(name);
        }
    }

    /** A type's definition. */
    public record TypeItem(Comments comments, List<Attribute> attributes, Identifier name, TypeSyntax type)
            implements Member {}

    /** A function of an interface. */
    public record FunctionItem(FunctionSyntax function) implements Member {}

    /** {@code include path with { a as b }}. */
    public record Include(List<Attribute> attributes, UsePath path, List<Renamed> names) implements Member {}

    /** An import of a world, or an export. */
    public record Extern(Comments comments, List<Attribute> attributes, boolean imported, ExternKind kind)
            implements Member {}

    /** What is imported or exported. */
    public sealed interface ExternKind {
        /** The name that errors point at. */
        Identifier name();
    }

    /** {@code name: func()}. */
    public record ExternFunction(FunctionSyntax function) implements ExternKind {
        @Override
        public Identifier name() {
            return function.name();
        }
    }

    /** {@code name: interface { … }}. */
    public record ExternInline(Identifier name, List<Member> members) implements ExternKind {}

    /** {@code path}. */
    public record ExternPath(UsePath path) implements ExternKind {
        @Override
        public Identifier name() {
            return path.name();
        }
    }

    /** {@code name: path}. */
    public record ExternNamedPath(Identifier name, UsePath path) implements ExternKind {}
}
