package tenon.compose.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.compose.source.Span;

/** Reads interfaces, worlds and named types. Confined to one run. */
final class DeclarationParser {
    private final Cursor cursor;
    private final TypeParser types;

    DeclarationParser(Cursor cursor) {
        this.cursor = cursor;
        this.types = new TypeParser(cursor);
    }

    Declaration.Interface interfaceDeclaration(List<Remark> remarks) {
        cursor.expect("interface");
        Identifier name = cursor.identifier();
        return new Declaration.Interface(remarks, name, interfaceItems());
    }

    Declaration.World world(List<Remark> remarks) {
        cursor.expect("world");
        Identifier name = cursor.identifier();
        cursor.expect("{");
        var items = new ArrayList<WorldItem>();
        while (!cursor.eat("}")) {
            items.add(worldItem());
        }
        return new Declaration.World(remarks, name, List.copyOf(items));
    }

    /** Whether a type that may stand outside of interfaces starts here. */
    boolean atType() {
        return cursor.is("variant")
                || cursor.is("record")
                || cursor.is("flags")
                || cursor.is("enum")
                || cursor.is("type");
    }

    Declaration.Type type(List<Remark> remarks) {
        return switch (cursor.next().text()) {
            case "variant" -> {
                Identifier name = cursor.identifier();
                yield new Declaration.Variant(remarks, name, body("variant", "case", this::variantCase));
            }
            case "record" -> {
                Identifier name = cursor.identifier();
                yield new Declaration.Record(remarks, name, body("record", "field", this::field));
            }
            case "flags" -> {
                Identifier name = cursor.identifier();
                yield new Declaration.Flags(remarks, name, body("flags", "flag", this::label));
            }
            case "enum" -> {
                Identifier name = cursor.identifier();
                yield new Declaration.Enum(remarks, name, body("enum", "case", this::label));
            }
            default -> alias(remarks);
        };
    }

    private Declaration.Type alias(List<Remark> remarks) {
        Identifier name = cursor.identifier();
        cursor.expect("=");
        if (types.atFunction()) {
            TypeSyntax.Function function = types.function();
            cursor.expect(";");
            return new Declaration.FunctionAlias(remarks, name, function);
        }
        TypeSyntax type = types.type();
        cursor.expect(";");
        return new Declaration.Alias(remarks, name, type);
    }

    private <T> List<T> body(String what, String part, java.util.function.Supplier<T> element) {
        cursor.expect("{");
        if (cursor.is("}")) {
            throw cursor.span().error("empty " + what + ", expected at least one " + part);
        }
        return List.copyOf(cursor.list("}", element));
    }

    private Declaration.Case variantCase() {
        List<Remark> remarks = cursor.remarks();
        Identifier name = cursor.identifier("a case");
        if (!cursor.eat("(")) {
            return new Declaration.Case(remarks, name, Optional.empty());
        }
        TypeSyntax type = types.type();
        cursor.expect(")");
        return new Declaration.Case(remarks, name, Optional.of(type));
    }

    private Declaration.Field field() {
        List<Remark> remarks = cursor.remarks();
        Identifier name = cursor.identifier("a field");
        cursor.expect(":");
        return new Declaration.Field(remarks, name, types.type());
    }

    private Declaration.Label label() {
        List<Remark> remarks = cursor.remarks();
        return new Declaration.Label(remarks, cursor.identifier());
    }

    private Declaration.Resource resource(List<Remark> remarks) {
        cursor.expect("resource");
        Identifier name = cursor.identifier();
        var methods = new ArrayList<Declaration.Method>();
        if (!cursor.eat(";")) {
            cursor.expect("{", "`{` or `;`");
            while (!cursor.eat("}")) {
                methods.add(method());
            }
        }
        return new Declaration.Resource(remarks, name, List.copyOf(methods));
    }

    private Declaration.Method method() {
        List<Remark> remarks = cursor.remarks();
        if (cursor.is("constructor")) {
            Span span = cursor.expect("constructor");
            List<TypeSyntax.Parameter> params = types.params();
            cursor.expect(";");
            return new Declaration.Constructor(remarks, span, params);
        }
        Identifier name = cursor.identifier("`constructor` or a method");
        cursor.expect(":");
        boolean isStatic = cursor.eat("static");
        if (!types.atFunction()) {
            throw cursor.unexpected(isStatic ? "`func`" : "`static` or `func`");
        }
        TypeSyntax.Function function = types.function();
        cursor.expect(";");
        return new Declaration.Member(remarks, name, isStatic, function);
    }

    List<InterfaceItem> interfaceItems() {
        cursor.expect("{");
        var items = new ArrayList<InterfaceItem>();
        while (!cursor.eat("}")) {
            items.add(interfaceItem());
        }
        return List.copyOf(items);
    }

    private InterfaceItem interfaceItem() {
        List<Remark> remarks = cursor.remarks();
        if (cursor.is("use")) {
            return new InterfaceItem.UsedTypes(use(remarks));
        }
        if (cursor.is("resource")) {
            return new InterfaceItem.OwnType(resource(remarks));
        }
        if (atType()) {
            return new InterfaceItem.OwnType(type(remarks));
        }
        Identifier name = cursor.identifier("`use`, a type, a function's name or `}`");
        cursor.expect(":");
        InterfaceItem.FunctionReference function = types.atFunction()
                ? new InterfaceItem.Written(types.function())
                : new InterfaceItem.Named(cursor.identifier("`func` or the name of a function's type"));
        cursor.expect(";");
        return new InterfaceItem.Export(remarks, name, function);
    }

    private WorldItem worldItem() {
        List<Remark> remarks = cursor.remarks();
        if (cursor.is("use")) {
            return new WorldItem.UsedTypes(use(remarks));
        }
        if (cursor.is("resource")) {
            return new WorldItem.OwnType(resource(remarks));
        }
        if (atType()) {
            return new WorldItem.OwnType(type(remarks));
        }
        if (cursor.eat("import")) {
            return new WorldItem.Import(remarks, target());
        }
        if (cursor.eat("export")) {
            return new WorldItem.Export(remarks, target());
        }
        if (cursor.eat("include")) {
            return include(remarks);
        }
        throw cursor.unexpected("`use`, `import`, `export`, `include`, a type or `}`");
    }

    private WorldItem.Target target() {
        WorldItem.Target target;
        if (cursor.atName() && !cursor.atPath() && cursor.peek(1).is(":")) {
            Identifier name = cursor.identifier();
            cursor.expect(":");
            target = new WorldItem.Named(name, extern());
        } else {
            target = new WorldItem.Whole(reference("the name of an item"));
        }
        cursor.expect(";");
        return target;
    }

    /** The type of an import or export: {@code func(…)}, {@code interface {…}}, a name or a path. */
    ExternSyntax extern() {
        if (types.atFunction()) {
            return new ExternSyntax.Function(types.function());
        }
        if (cursor.eat("interface")) {
            return new ExternSyntax.Inline(interfaceItems());
        }
        return new ExternSyntax.Referred(reference("`func`, `interface`, a name or a path"));
    }

    private Reference reference(String expected) {
        return cursor.atPath()
                ? new Reference.Foreign(cursor.path())
                : new Reference.Local(cursor.identifier(expected));
    }

    private WorldItem include(List<Remark> remarks) {
        Reference world = reference("the name of a world");
        List<WorldItem.Renaming> renamings = List.of();
        if (cursor.eat("with")) {
            cursor.expect("{");
            renamings = List.copyOf(cursor.list("}", this::renaming));
        }
        // as in WIT, a clause in braces may do without
        if (renamings.isEmpty() || cursor.is(";")) {
            cursor.expect(";");
        }
        return new WorldItem.Include(remarks, world, renamings);
    }

    private WorldItem.Renaming renaming() {
        Identifier from = cursor.identifier();
        cursor.expect("as");
        return new WorldItem.Renaming(from, cursor.identifier());
    }

    private Use use(List<Remark> remarks) {
        cursor.expect("use");
        Reference from = reference("the name of an interface");
        cursor.expect(".");
        cursor.expect("{");
        List<Use.Item> items = List.copyOf(cursor.list("}", this::useItem));
        cursor.expect(";");
        return new Use(remarks, from, items);
    }

    private Use.Item useItem() {
        Identifier name = cursor.identifier("a type");
        return new Use.Item(name, cursor.eat("as") ? Optional.of(cursor.identifier()) : Optional.empty());
    }
}
