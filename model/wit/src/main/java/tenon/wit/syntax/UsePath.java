package tenon.wit.syntax;

import tenon.types.component.PackageName;

/** How interfaces and worlds are referred to: WIT.md, "Item: `toplevel-use`". */
public sealed interface UsePath {
    /** The last name of the path. */
    Identifier name();

    /** Where the path starts. */
    Spot spot();

    /** Something of the file or the package. */
    record Local(Identifier name) implements UsePath {
        @Override
        public Spot spot() {
            return name.spot();
        }
    }

    /** Something of another package. */
    record Foreign(PackageName packageName, Identifier name, Spot spot) implements UsePath {}
}
