package tenon.compose.syntax;

import java.util.List;
import java.util.Optional;
import tenon.compose.source.Span;
import tenon.types.component.SemanticVersion;
import tenon.wit.print.JsonWriter;

/**
 * A document as JSON, in the form that the language's own tools print: each part with its span, counted in bytes of UTF-8. Confined to one
 * run.
 */
public final class SyntaxJson {
    private final JsonWriter json = new JsonWriter();
    private final int[] bytesAt;

    private SyntaxJson(String text) {
        bytesAt = new int[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // half of a pair each: four bytes together
            int size = c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            bytesAt[i + 1] = bytesAt[i] + size;
        }
    }

    /** The whole tree. */
    public static String of(Document document) {
        var writer = new SyntaxJson(document.name().span().source().text());
        writer.document(document);
        return writer.json.toString();
    }

    private void document(Document document) {
        json.object(() -> {
            remarks(document.remarks());
            json.object("directive", () -> {
                json.object("package", () -> packageName(document.name()));
                document.targets().ifPresent(path -> json.object("targets", () -> path(path)));
            });
            json.list("statements", document.statements(), statement -> json.object(() -> statement(statement)));
        });
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Import each ->
                json.object("Import", () -> {
                    remarks(each.remarks());
                    identifier("id", each.name());
                    each.as()
                            .ifPresentOrElse(name -> json.object("name", () -> name(name)), () -> json.nothing("name"));
                    json.object("ty", () -> extern(each.type()));
                });
            case Statement.Definition definition ->
                json.object("Type", () -> {
                    if (definition.declaration() instanceof Declaration.Type type) {
                        json.object("type", () -> type(type));
                    } else {
                        declaration(definition.declaration());
                    }
                });
            case Statement.Let let ->
                json.object("Let", () -> {
                    remarks(let.remarks());
                    identifier("id", let.name());
                    json.object("expr", () -> expression(let.value()));
                });
            case Statement.Export export ->
                json.object("Export", () -> {
                    remarks(export.remarks());
                    json.object("expr", () -> expression(export.value()));
                    switch (export.option()) {
                        case Statement.OwnName _ -> json.string("options", "none");
                        case Statement.Spread(Span span) -> json.object("options", () -> span("spread", span));
                        case Statement.As(ItemName name) ->
                            json.object("options", () -> json.object("rename", () -> name(name)));
                    }
                });
        }
    }

    private void declaration(Declaration declaration) {
        switch (declaration) {
            case Declaration.Interface face ->
                json.object("interface", () -> {
                    named(face);
                    json.list("items", face.items(), item -> json.object(() -> item(item)));
                });
            case Declaration.World world ->
                json.object("world", () -> {
                    named(world);
                    json.list("items", world.items(), item -> json.object(() -> item(item)));
                });
            case Declaration.Type type -> type(type);
        }
    }

    private void named(Declaration declaration) {
        remarks(declaration.remarks());
        identifier("id", declaration.name());
    }

    private void type(Declaration.Type type) {
        switch (type) {
            case Declaration.Resource resource ->
                json.object("resource", () -> {
                    named(resource);
                    json.list("methods", resource.methods(), method -> json.object(() -> method(method)));
                });
            case Declaration.Variant variant ->
                json.object("variant", () -> {
                    named(variant);
                    json.list(
                            "cases",
                            variant.cases(),
                            each -> json.object(() -> {
                                remarks(each.remarks());
                                identifier("id", each.name());
                                optional("ty", each.type());
                            }));
                });
            case Declaration.Record record ->
                json.object("record", () -> {
                    named(record);
                    json.list(
                            "fields",
                            record.fields(),
                            field -> json.object(() -> {
                                remarks(field.remarks());
                                identifier("id", field.name());
                                json.object("ty", () -> type(field.type()));
                            }));
                });
            case Declaration.Flags flags ->
                json.object("flags", () -> {
                    named(flags);
                    labels("flags", flags.labels());
                });
            case Declaration.Enum labels ->
                json.object("enum", () -> {
                    named(labels);
                    labels("cases", labels.labels());
                });
            case Declaration.Alias alias ->
                json.object("alias", () -> {
                    named(alias);
                    json.object("kind", () -> json.object("type", () -> type(alias.type())));
                });
            case Declaration.FunctionAlias alias ->
                json.object("alias", () -> {
                    named(alias);
                    json.object("kind", () -> json.object("func", () -> function(alias.function())));
                });
        }
    }

    private void labels(String name, List<Declaration.Label> labels) {
        json.list(
                name,
                labels,
                label -> json.object(() -> {
                    remarks(label.remarks());
                    identifier("id", label.name());
                }));
    }

    private void method(Declaration.Method method) {
        switch (method) {
            case Declaration.Constructor constructor ->
                json.object("constructor", () -> {
                    remarks(constructor.remarks());
                    span("span", constructor.span());
                    params(constructor.params());
                });
            case Declaration.Member member ->
                json.object("method", () -> {
                    remarks(member.remarks());
                    identifier("id", member.name());
                    json.flag("isStatic", member.isStatic());
                    json.object("ty", () -> function(member.function()));
                });
        }
    }

    private void item(InterfaceItem item) {
        switch (item) {
            case InterfaceItem.UsedTypes(Use use) -> json.object("use", () -> use(use));
            case InterfaceItem.OwnType(Declaration.Type type) -> json.object("type", () -> type(type));
            case InterfaceItem.Export export ->
                json.object("export", () -> {
                    remarks(export.remarks());
                    identifier("id", export.name());
                    json.object("ty", () -> {
                        switch (export.function()) {
                            case InterfaceItem.Written(TypeSyntax.Function function) ->
                                json.object("func", () -> function(function));
                            case InterfaceItem.Named(Identifier name) -> identifier("ident", name);
                        }
                    });
                });
        }
    }

    private void item(WorldItem item) {
        switch (item) {
            case WorldItem.UsedTypes(Use use) -> json.object("use", () -> use(use));
            case WorldItem.OwnType(Declaration.Type type) -> json.object("type", () -> type(type));
            case WorldItem.Import(List<Remark> remarks, WorldItem.Target target) ->
                json.object("import", () -> target(remarks, target));
            case WorldItem.Export(List<Remark> remarks, WorldItem.Target target) ->
                json.object("export", () -> target(remarks, target));
            case WorldItem.Include include ->
                json.object("include", () -> {
                    remarks(include.remarks());
                    json.object("world", () -> reference(include.world()));
                    json.list(
                            "with",
                            include.renamings(),
                            renaming -> json.object(() -> {
                                identifier("from", renaming.from());
                                identifier("to", renaming.to());
                            }));
                });
        }
    }

    private void target(List<Remark> remarks, WorldItem.Target target) {
        remarks(remarks);
        json.object("path", () -> {
            switch (target) {
                case WorldItem.Named(Identifier name, ExternSyntax type) ->
                    json.object("named", () -> {
                        identifier("id", name);
                        json.object("ty", () -> extern(type));
                    });
                case WorldItem.Whole(Reference reference) -> reference(reference);
            }
        });
    }

    private void use(Use use) {
        remarks(use.remarks());
        json.object("path", () -> reference(use.from()));
        json.list(
                "items",
                use.items(),
                item -> json.object(() -> {
                    identifier("id", item.name());
                    item.as().ifPresentOrElse(as -> identifier("asId", as), () -> json.nothing("asId"));
                }));
    }

    private void extern(ExternSyntax type) {
        switch (type) {
            case ExternSyntax.Function(TypeSyntax.Function function) -> json.object("func", () -> function(function));
            case ExternSyntax.Inline(List<InterfaceItem> items) ->
                json.object("interface", () -> json.list("items", items, item -> json.object(() -> item(item))));
            case ExternSyntax.Referred(Reference reference) -> reference(reference);
        }
    }

    private void reference(Reference reference) {
        switch (reference) {
            case Reference.Local(Identifier name) -> identifier("ident", name);
            case Reference.Foreign(PackagePath path) -> json.object("package", () -> path(path));
        }
    }

    private void function(TypeSyntax.Function function) {
        params(function.params());
        if (function.result().isPresent()) {
            TypeSyntax result = function.result().get();
            json.object("results", () -> json.object("scalar", () -> type(result)));
        } else {
            json.string("results", "empty");
        }
        if (function.async()) {
            json.flag("async", true);
        }
    }

    private void params(List<TypeSyntax.Parameter> params) {
        json.list(
                "params",
                params,
                param -> json.object(() -> {
                    identifier("id", param.name());
                    json.object("ty", () -> type(param.type()));
                }));
    }

    private void type(TypeSyntax type) {
        switch (type) {
            case TypeSyntax.Primitive(var primitive, Span span) -> span(primitive.toString(), span);
            case TypeSyntax.Named(Identifier name) -> identifier("ident", name);
            case TypeSyntax.Own own -> tuple("own", () -> identifier(own.resource()), own.span());
            case TypeSyntax.Borrow borrow -> tuple("borrow", () -> identifier(borrow.resource()), borrow.span());
            case TypeSyntax.ListOf list -> tuple("list", () -> json.object(() -> type(list.element())), list.span());
            case TypeSyntax.FixedLengthList list ->
                json.object("fixedLengthList", () -> {
                    json.object("element", () -> type(list.element()));
                    json.number("length", list.length());
                    span("span", list.span());
                });
            case TypeSyntax.MapOf map ->
                json.object("map", () -> {
                    json.object("key", () -> type(map.key()));
                    json.object("value", () -> type(map.value()));
                    span("span", map.span());
                });
            case TypeSyntax.Option option ->
                tuple("option", () -> json.object(() -> type(option.some())), option.span());
            case TypeSyntax.Result result ->
                json.object("result", () -> {
                    optional("ok", result.ok());
                    optional("err", result.error());
                    span("span", result.span());
                });
            case TypeSyntax.Tuple tuple ->
                tuple("tuple", () -> json.list(tuple.types(), each -> json.object(() -> type(each))), tuple.span());
            case TypeSyntax.Stream stream -> payload("stream", stream.element(), stream.span());
            case TypeSyntax.Future future -> payload("future", future.element(), future.span());
        }
    }

    private void payload(String name, Optional<TypeSyntax> element, Span span) {
        json.object(name, () -> {
            optional("element", element);
            span("span", span);
        });
    }

    private void optional(String name, Optional<TypeSyntax> type) {
        type.ifPresentOrElse(found -> json.object(name, () -> type(found)), () -> json.nothing(name));
    }

    /** A field that is a list of a part and its span. */
    private void tuple(String name, Runnable part, Span span) {
        json.list(name, List.of(part, () -> json.object(() -> span(span))), Runnable::run);
    }

    private void expression(Expression expression) {
        span("span", expression.span());
        json.object("primary", () -> primary(expression.primary()));
        json.list("postfix", expression.postfixes(), postfix -> json.object(() -> postfix(postfix)));
    }

    private void primary(Expression.Primary primary) {
        switch (primary) {
            case Expression.Name(Identifier name) -> identifier("ident", name);
            case Expression.Nested(Expression inner, Span span) ->
                json.object("nested", () -> {
                    span("span", span);
                    json.object("inner", () -> expression(inner));
                });
            case Expression.New made ->
                json.object("new", () -> {
                    span("span", made.span());
                    json.object("package", () -> packageName(made.target()));
                    json.list("arguments", made.arguments(), argument -> json.object(() -> argument(argument)));
                });
        }
    }

    private void argument(Expression.Argument argument) {
        switch (argument) {
            case Expression.Inferred(Identifier name) -> identifier("inferred", name);
            case Expression.Spread(Identifier name) -> identifier("spread", name);
            case Expression.Given(ItemName name, Expression value) ->
                json.object("named", () -> {
                    json.object("name", () -> name(name));
                    json.object("expr", () -> expression(value));
                });
            case Expression.Fill(Span span) -> span("fill", span);
        }
    }

    private void postfix(Expression.Postfix postfix) {
        switch (postfix) {
            case Expression.Access(Identifier name, Span span) ->
                json.object("access", () -> {
                    span("span", span);
                    identifier("id", name);
                });
            case Expression.NamedAccess(Quoted name, Span span) ->
                json.object("namedAccess", () -> {
                    span("span", span);
                    json.object("string", () -> quoted(name));
                });
        }
    }

    private void name(ItemName name) {
        switch (name) {
            case Identifier identifier -> identifier("ident", identifier);
            case Quoted quoted -> json.object("string", () -> quoted(quoted));
        }
    }

    private void quoted(Quoted quoted) {
        json.string("value", quoted.name());
        span("span", quoted.span());
    }

    private void identifier(String field, Identifier name) {
        json.object(field, () -> parts(name));
    }

    private void identifier(Identifier name) {
        json.object(() -> parts(name));
    }

    private void parts(Identifier name) {
        json.string("string", name.name());
        span("span", name.span());
    }

    private void packageName(PackageReference name) {
        json.string("string", name.span().text());
        json.string("name", name.name());
        version(name.version());
        span("span", name.span());
    }

    private void path(PackagePath path) {
        span("span", path.span());
        json.string("string", path.span().text());
        json.string("name", path.target().name());
        json.string("segments", path.inside());
        version(path.target().version());
    }

    private void version(Optional<SemanticVersion> version) {
        version.ifPresentOrElse(found -> json.string("version", found.toString()), () -> json.nothing("version"));
    }

    private void remarks(List<Remark> remarks) {
        json.list(
                "docs",
                remarks,
                remark -> json.object(() -> {
                    json.string("comment", remark.text());
                    span("span", remark.span());
                }));
    }

    private void span(String field, Span span) {
        json.object(field, () -> span(span));
    }

    private void span(Span span) {
        json.number("offset", bytesAt[span.start()]);
        json.number("length", bytesAt[span.end()] - bytesAt[span.start()]);
    }
}
