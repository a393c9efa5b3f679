package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.List;
import tenon.wit.syntax.Attribute;
import tenon.wit.syntax.UsePath;
import tenon.wit.syntax.WitFile;

/** Visits all paths of a file in the order in which packages are to be loaded. */
final class References {
    /** Is told each path with the gates in front of it, and whether it must lead to a world. */
    interface Visitor {
        void visit(UsePath path, List<Attribute> attributes, boolean world);
    }

    private References() {}

    static void visit(List<WitFile.Item> items, Visitor visitor) {
        for (WitFile.Item item : items) {
            switch (item) {
                case WitFile.TopLevelUse use -> visitor.visit(use.path(), use.attributes(), false);
                case WitFile.InterfaceSyntax each -> uses(each.members(), visitor);
                case WitFile.WorldSyntax each -> world(each, visitor);
                case WitFile.NestedPackage nested -> visit(nested.items(), visitor);
            }
        }
    }

    private static void uses(List<WitFile.Member> members, Visitor visitor) {
        for (WitFile.Member member : members) {
            if (member instanceof WitFile.Use use) {
                visitor.visit(use.path(), use.attributes(), false);
            }
        }
    }

    /** Imports come before exports, since they are printed so: reading what was printed finds the same order. */
    private static void world(WitFile.WorldSyntax world, Visitor visitor) {
        var imports = new ArrayList<WitFile.Extern>();
        var exports = new ArrayList<WitFile.Extern>();
        for (WitFile.Member member : world.members()) {
            switch (member) {
                case WitFile.Use use -> visitor.visit(use.path(), use.attributes(), false);
                case WitFile.Include include -> visitor.visit(include.path(), include.attributes(), true);
                case WitFile.Extern extern -> (extern.imported() ? imports : exports).add(extern);
                case WitFile.TypeItem _, WitFile.FunctionItem _ -> {}
            }
        }
        imports.addAll(exports);
        for (WitFile.Extern extern : imports) {
            switch (extern.kind()) {
                case WitFile.ExternInline inline -> uses(inline.members(), visitor);
                case WitFile.ExternPath path -> visitor.visit(path.path(), extern.attributes(), false);
                case WitFile.ExternNamedPath named -> visitor.visit(named.path(), extern.attributes(), false);
                case WitFile.ExternFunction _ -> {}
            }
        }
    }
}
