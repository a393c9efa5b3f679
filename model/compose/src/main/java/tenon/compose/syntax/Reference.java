package tenon.compose.syntax;

import tenon.compose.source.Span;

/** How interfaces, worlds and types are referred to: by a name of the document, or by a path into a package. */
public sealed interface Reference {
    /** Where it is written. */
    Span span();

    /** As messages call it. */
    String text();

    /** A name of the document. */
    record Local(Identifier name) implements Reference {
        @Override
        public Span span() {
            return name.span();
        }

        @Override
        public String text() {
            return name.name();
        }
    }

    /** Something of a package. */
    record Foreign(PackagePath path) implements Reference {
        @Override
        public Span span() {
            return path.span();
        }

        @Override
        public String text() {
            return path.toString();
        }
    }
}
