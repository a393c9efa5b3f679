package tenon.wit.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tenon.types.component.PackageName;
import tenon.wit.Diagnostic;
import tenon.wit.FunctionKind;
import tenon.wit.WitException;

/**
 * Reads a file: WIT.md, "Top-level items". Policy: an item that does not follow the grammar is left out, and reading goes on behind it,
 * so that all problems of a file are told at once, up to {@value #MOST_PROBLEMS}. Confined to one run.
 */
public final class Parser {
    /** So many packages may stand in one another; only one level has a meaning. */
    private static final int DEEPEST = 100;

    private static final int MOST_PROBLEMS = 20;

    private static final Set<String> ITEM_WORDS = Set.of(
            "package",
            "interface",
            "world",
            "use",
            "import",
            "export",
            "include",
            "type",
            "record",
            "variant",
            "enum",
            "flags",
            "resource");

    private final Cursor cursor;
    private final TypeParser types;
    private final FunctionParser functions;
    private final List<Diagnostic> problems = new ArrayList<>();
    private boolean abandoned;

    private Parser(Source source) {
        this.cursor = new Cursor(source);
        this.types = new TypeParser(cursor);
        this.functions = new FunctionParser(cursor, types);
    }

    /** Reads a file; raises a {@link WitException} with all its problems. */
    public static WitFile parse(Source source) {
        var parser = new Parser(source);
        WitFile file = parser.file();
        if (!parser.problems.isEmpty()) {
            throw new WitException(parser.problems);
        }
        return file;
    }

    private WitFile file() {
        var items = new ArrayList<WitFile.Item>();
        Optional<PackageHeader> header = Optional.empty();
        int start = cursor.position();
        try {
            if (cursor.is("package")) {
                PackageHeader first = header();
                if (cursor.is("{")) {
                    items.add(new WitFile.NestedPackage(first, nested(0)));
                } else {
                    cursor.expect(";", "`;` or `{`");
                    header = Optional.of(first);
                }
            }
        } catch (WitException error) {
            recover(start, error);
        }
        items.addAll(each("", () -> item(0)));
        return new WitFile(cursor.source(), header, items);
    }

    /** Items up to {@code close}, which is not consumed, or to the end of the file if that is empty. */
    private <T> List<T> each(String close, Supplier<T> item) {
        var items = new ArrayList<T>();
        while (!cursor.atEnd() || !close.isEmpty()) {
            if (!close.isEmpty() && cursor.is(close)) {
                return items;
            }
            int start = cursor.position();
            int before = problems.size();
            try {
                items.add(item.get());
            } catch (WitException error) {
                boolean closed = !close.isEmpty() && atTopLevelItem() && cursor.position() == start;
                if (closed && before > 0) {
                    return items;
                }
                recover(start, error);
                if (closed) {
                    cursor.reset(start);
                    return items;
                }
            }
        }
        return items;
    }

    private <T> List<T> braced(Supplier<T> item) {
        cursor.expect("{");
        List<T> items = each("}", item);
        cursor.expect("}");
        return items;
    }

    /** Members of an interface, a world or a resource; what belongs to the top level ends them. */
    private <T> List<T> members(Supplier<T> member) {
        int before = problems.size();
        cursor.expect("{");
        List<T> members = each("}", () -> {
            if (atTopLevelItem()) {
                throw cursor.spot()
                        .error(
                                "expected `}`, found " + cursor.peek().describe(),
                                "interfaces, worlds and packages do not stand in one another; a `}` may be missing");
            }
            return member.get();
        });
        if (problems.size() == before || cursor.is("}")) {
            cursor.expect("}");
        }
        return members;
    }

    private boolean atTopLevelItem() {
        return (cursor.is("interface") || cursor.is("world") || cursor.is("package")) && cursor.startsLine();
    }

    /** Notes a problem of the item that starts at {@code start}, and goes to where the next one may start. */
    private void recover(int start, WitException error) {
        if (abandoned) {
            throw error;
        }
        // the end of the file says nothing new behind another problem
        if (!cursor.atEnd() || problems.isEmpty()) {
            problems.addAll(error.diagnostics());
        }
        if (cursor.atEnd() || problems.size() >= MOST_PROBLEMS) {
            throw abandon();
        }
        boolean onNewItem = cursor.peek().kind() == Token.Kind.KEYWORD
                && ITEM_WORDS.contains(cursor.peek().text())
                && cursor.startsLine();
        if (cursor.position() > start && onNewItem) {
            return;
        }
        cursor.reset(start);
        skipItem();
    }

    private WitException abandon() {
        abandoned = true;
        return new WitException(problems);
    }

    private void skipItem() {
        int start = cursor.position();
        int depth = 0;
        while (!cursor.atEnd()) {
            if (cursor.is("}") && depth == 0 && cursor.position() > start) {
                return;
            }
            Token token = cursor.next();
            if (token.is("{")) {
                depth++;
            } else if (token.is("}")) {
                depth--;
            }
            if (depth <= 0 && (token.is(";") || token.is("}"))) {
                // `record r = { … };` has one problem
                if (token.is("}")) {
                    cursor.eat(";");
                }
                return;
            }
        }
    }

    private PackageHeader header() {
        Comments comments = cursor.comments();
        cursor.expect("package");
        Spot spot = cursor.spot();
        PackageName name = cursor.packageName();
        return new PackageHeader(comments, name, spot);
    }

    private List<WitFile.Item> nested(int depth) {
        return braced(() -> item(depth + 1));
    }

    private WitFile.Item item(int depth) {
        Comments comments = cursor.comments();
        List<Attribute> attributes = Attributes.parse(cursor);
        if (cursor.is("interface")) {
            Attributes.refuseExternalId(attributes, "interfaces");
            cursor.next();
            Identifier name = cursor.identifier("a name of the interface");
            return new WitFile.InterfaceSyntax(comments, attributes, name, members(this::interfaceMember));
        }
        if (cursor.is("world")) {
            Attributes.refuseExternalId(attributes, "worlds");
            cursor.next();
            Identifier name = cursor.identifier("a name of the world");
            return new WitFile.WorldSyntax(comments, attributes, name, members(this::worldMember));
        }
        if (cursor.is("use")) {
            refuse(attributes, "`use` at the top level");
            return topLevelUse(attributes);
        }
        if (cursor.is("package")) {
            refuse(attributes, "packages");
            if (depth >= DEEPEST) {
                problems.addAll(
                        cursor.spot().error("packages are nested too deep").diagnostics());
                throw abandon();
            }
            PackageHeader header = header();
            return new WitFile.NestedPackage(header, nested(depth));
        }
        throw cursor.unexpected(
                attributes.isEmpty() ? "`package`, `interface`, `world` or `use`" : "`interface` or `world`");
    }

    private static void refuse(List<Attribute> attributes, String where) {
        if (!attributes.isEmpty()) {
            throw attributes.getFirst().spot().error("attributes are not allowed on " + where);
        }
    }

    private WitFile.Item topLevelUse(List<Attribute> attributes) {
        cursor.expect("use");
        UsePath path = cursor.usePath();
        if (cursor.is(".")) {
            throw cursor.spot()
                    .error(
                            "expected `as` or `;`, found `.`",
                            "at the top level `use` takes whole interfaces; types are taken inside an interface or world");
        }
        Optional<Identifier> alias = cursor.eat("as") ? Optional.of(cursor.identifier()) : Optional.empty();
        cursor.expect(";");
        return new WitFile.TopLevelUse(attributes, path, alias);
    }

    private WitFile.Member interfaceMember() {
        Comments comments = cursor.comments();
        List<Attribute> attributes = Attributes.parse(cursor);
        if (cursor.is("use")) {
            return use(attributes);
        }
        Optional<WitFile.Member> type = typeItem(comments, attributes);
        if (type.isPresent()) {
            return type.get();
        }
        if (!cursor.atName()) {
            if (cursor.is("import") || cursor.is("export") || cursor.is("include")) {
                throw cursor.spot()
                        .error(
                                "expected `use`, a type or a function, found keyword `"
                                        + cursor.peek().text() + "`",
                                "imports, exports and includes stand in a `world`");
            }
            throw cursor.unexpected("`use`, a type or a function `name: func()`");
        }
        Token word = cursor.peek();
        Identifier name = cursor.identifier();
        if (!cursor.is(":")) {
            throw cursor.spot()
                    .error(
                            "expected `:`, found " + cursor.peek().describe(),
                            Slips.word(word.text())
                                    .filter(known -> ITEM_WORDS.contains(known) || known.equals("func"))
                                    .map(known -> known.equals("func")
                                            ? "a function is written `name: func()`"
                                            : "WIT has `" + known + "` for `" + name + "`")
                                    .or(() -> cursor.is("(")
                                            ? Optional.of("a function is written `" + name + ": func(…)`")
                                            : Optional.empty()));
        }
        cursor.next();
        return new WitFile.FunctionItem(functions.function(comments, attributes, name, FunctionKind.Form.FREESTANDING));
    }

    private Optional<WitFile.Member> typeItem(Comments comments, List<Attribute> attributes) {
        Token keyword = cursor.peek();
        if (keyword.kind() != Token.Kind.KEYWORD) {
            return Optional.empty();
        }
        return switch (keyword.text()) {
            case "type" -> {
                Identifier name = typeName();
                cursor.expect("=");
                TypeSyntax type = types.type();
                cursor.expect(";");
                yield Optional.of(new WitFile.TypeItem(comments, attributes, name, type));
            }
            case "record" -> {
                Identifier name = typeName();
                yield Optional.of(new WitFile.TypeItem(comments, attributes, name, types.record(name)));
            }
            case "variant" -> {
                Identifier name = typeName();
                yield Optional.of(new WitFile.TypeItem(comments, attributes, name, types.variant(name)));
            }
            case "enum" -> {
                Identifier name = typeName();
                var type = new TypeSyntax.Enum(types.labels("enum", "case", name), name.spot());
                yield Optional.of(new WitFile.TypeItem(comments, attributes, name, type));
            }
            case "flags" -> {
                Identifier name = typeName();
                var type = new TypeSyntax.Flags(types.labels("flags", "flag", name), name.spot());
                yield Optional.of(new WitFile.TypeItem(comments, attributes, name, type));
            }
            case "resource" -> {
                Identifier name = typeName();
                yield Optional.of(new WitFile.TypeItem(comments, attributes, name, resource(name)));
            }
            default -> Optional.empty();
        };
    }

    private Identifier typeName() {
        cursor.next();
        return cursor.identifier("a name of the type");
    }

    private TypeSyntax resource(Identifier name) {
        if (cursor.eat(";")) {
            return new TypeSyntax.Resource(List.of(), name.spot());
        }
        if (!cursor.is("{")) {
            throw cursor.unexpected("`;` or `{`");
        }
        List<FunctionSyntax> members = members(() -> {
            Comments comments = cursor.comments();
            List<Attribute> attributes = Attributes.parse(cursor);
            return functions.member(comments, attributes);
        });
        return new TypeSyntax.Resource(members, name.spot());
    }

    private WitFile.Use use(List<Attribute> attributes) {
        cursor.expect("use");
        UsePath path = cursor.usePath();
        if (!cursor.is(".")) {
            throw cursor.spot()
                    .error(
                            "expected `.`, found " + cursor.peek().describe(),
                            "`use` names the types that it takes: `use " + path.name() + ".{…};`");
        }
        cursor.next();
        cursor.expect("{");
        List<WitFile.Renamed> names = cursor.list("}", () -> {
            Identifier name = cursor.identifier("a name of a type");
            return new WitFile.Renamed(name, cursor.eat("as") ? Optional.of(cursor.identifier()) : Optional.empty());
        });
        cursor.expect(";");
        return new WitFile.Use(attributes, path, names);
    }

    private WitFile.Member worldMember() {
        Comments comments = cursor.comments();
        List<Attribute> attributes = Attributes.parse(cursor);
        if (cursor.is("use")) {
            return use(attributes);
        }
        if (cursor.is("include")) {
            Attributes.refuseExternalId(attributes, "`include`");
            return include(attributes);
        }
        if (cursor.is("import") || cursor.is("export")) {
            boolean imported = cursor.next().is("import");
            return new WitFile.Extern(comments, attributes, imported, externKind(comments, attributes));
        }
        Optional<WitFile.Member> type = typeItem(comments, attributes);
        if (type.isPresent()) {
            return type.get();
        }
        if (cursor.atName() && cursor.peek(1).is(":")) {
            throw cursor.spot()
                    .error(
                            "expected `import`, `export`, `use`, `include` or a type, found "
                                    + cursor.peek().describe(),
                            "functions of a world stand behind `import` or `export`");
        }
        throw cursor.unexpected("`import`, `export`, `use`, `include` or a type");
    }

    private WitFile.Member include(List<Attribute> attributes) {
        cursor.expect("include");
        UsePath path = cursor.usePath();
        List<WitFile.Renamed> names = List.of();
        if (cursor.eat("with")) {
            cursor.expect("{");
            names = cursor.list("}", () -> {
                Identifier name = cursor.identifier();
                cursor.expect("as");
                return new WitFile.Renamed(name, Optional.of(cursor.identifier()));
            });
            cursor.eat(";");
        } else {
            cursor.expect(";", "`;` or `with`");
        }
        return new WitFile.Include(attributes, path, names);
    }

    /** WIT.md, "Item: `world`": {@code a: b/c} with any blanks is a path; a label stands in front of the others. */
    private WitFile.ExternKind externKind(Comments comments, List<Attribute> attributes) {
        int start = cursor.position();
        Token first = cursor.peek();
        Identifier name = cursor.identifier("a name, or an interface");
        Token colon = cursor.peek();
        if (cursor.eat(":")) {
            if (functions.atFunction()) {
                return new WitFile.ExternFunction(
                        functions.function(comments, attributes, name, FunctionKind.Form.FREESTANDING));
            }
            if (cursor.eat("interface")) {
                return new WitFile.ExternInline(name, members(this::interfaceMember));
            }
            boolean path = cursor.atName() && cursor.peek(1).is("/");
            if (!path) {
                if (!cursor.atName()) {
                    throw cursor.unexpected("`func`, `interface` or the name of an interface");
                }
                if (first.end() == colon.start()
                        && colon.end() == cursor.peek().start()
                        && !cursor.peek(1).is(":")) {
                    throw name.spot()
                            .error(
                                    "`" + name + ":" + cursor.peek().text() + "` is a package, expected an interface",
                                    "with a blank behind `:` it is interface `"
                                            + cursor.peek().text() + "` under the name `" + name + "`");
                }
                UsePath named = cursor.usePath();
                cursor.expect(";");
                return new WitFile.ExternNamedPath(name, named);
            }
        }
        cursor.reset(start);
        UsePath path = cursor.usePath();
        cursor.expect(";");
        return new WitFile.ExternPath(path);
    }
}
