package tenon.wit.print;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tenon.wit.Function;
import tenon.wit.FunctionKind;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.Remarks;
import tenon.wit.Stability;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;
import tenon.wit.WitPackage;
import tenon.wit.World;
import tenon.wit.WorldId;

/** Writes a graph as JSON, in the shape that {@code wasm-tools component wit --json} has: lists by index. Confined to one run. */
public final class GraphJson {
    private final PackageGraph graph;
    private final JsonWriter json = new JsonWriter();

    private GraphJson(PackageGraph graph) {
        this.graph = graph;
    }

    /** The text, indented; without a line end. */
    public static String of(PackageGraph graph) {
        var json = new GraphJson(graph);
        json.write();
        return json.json.toString();
    }

    private void write() {
        json.object(() -> {
            json.list("worlds", graph.worlds(), this::world);
            json.list("interfaces", graph.interfaces(), this::face);
            json.list("types", graph.types(), this::type);
            json.list("packages", graph.packages(), this::wholePackage);
        });
    }

    private void wholePackage(WitPackage each) {
        json.object(() -> {
            json.string("name", each.name().toString());
            documentation(each.documentation());
            json.object("interfaces", () -> each.interfaces().forEach((name, id) -> json.number(name, id.index())));
            json.object("worlds", () -> each.worlds().forEach((name, id) -> json.number(name, id.index())));
        });
    }

    private void world(World world) {
        json.object(() -> {
            json.string("name", world.name());
            json.object("imports", () -> world.imports().forEach(this::item));
            json.object("exports", () -> world.exports().forEach(this::item));
            json.number("package", world.owner().index());
            documentation(world.remarks().documentation());
            stability(world.remarks().stability());
        });
    }

    private void item(World.Key key, World.Item item) {
        String name = switch (key) {
            case World.Key.Plain(String plain) -> plain;
            case World.Key.OfInterface(InterfaceId id) -> "interface-" + id.index();
        };
        json.object(name, () -> {
            switch (item) {
                case World.Item.OfInterface named ->
                    json.object("interface", () -> {
                        json.number("id", named.id().index());
                        stability(named.remarks().stability());
                        externalId(named.remarks());
                        documentation(named.remarks().documentation());
                    });
                case World.Item.OfFunction(Function function) -> json.object("function", () -> function(function));
                case World.Item.OfType(TypeId type) -> json.number("type", type.index());
            }
        });
    }

    private void face(Interface each) {
        json.object(() -> {
            each.name().ifPresentOrElse(name -> json.string("name", name), () -> json.nothing("name"));
            json.object("types", () -> each.types().forEach((name, id) -> json.number(name, id.index())));
            json.object(
                    "functions",
                    () -> each.functions().forEach((name, function) -> json.object(name, () -> function(function))));
            documentation(each.remarks().documentation());
            stability(each.remarks().stability());
            json.number("package", each.owner().index());
            each.copyOf().ifPresent(original -> json.number("clone_of", original.index()));
        });
    }

    private void function(Function function) {
        json.string("name", function.name());
        FunctionKind kind = function.kind();
        String word = word(kind);
        kind.resource()
                .ifPresentOrElse(
                        resource -> json.object("kind", () -> json.number(word, resource.index())),
                        () -> json.string("kind", word));
        json.list(
                "params",
                function.params(),
                param -> json.object(() -> {
                    json.string("name", param.name());
                    type("type", param.type());
                }));
        function.result().ifPresent(result -> type("result", result));
        remarks(function.remarks());
    }

    private static String word(FunctionKind kind) {
        String form = switch (kind.form()) {
            case FREESTANDING -> "";
            case METHOD -> "method";
            case STATIC -> "static";
            case CONSTRUCTOR -> "constructor";
        };
        String access = switch (kind.access()) {
            case CALL -> "";
            case GET -> "getter";
            case SET -> "setter";
        };
        String both = form.isEmpty() || access.isEmpty() ? form + access : form + "-" + access;
        return (kind.async() ? "async-" : "") + (both.isEmpty() ? "freestanding" : both);
    }

    private void type(TypeDefinition type) {
        json.object(() -> {
            type.name().ifPresentOrElse(name -> json.string("name", name), () -> json.nothing("name"));
            kind(type.kind());
            switch (type.owner()) {
                case Owner.OfInterface(InterfaceId id) ->
                    json.object("owner", () -> json.number("interface", id.index()));
                case Owner.OfWorld(WorldId id) -> json.object("owner", () -> json.number("world", id.index()));
                case Owner.None _ -> json.nothing("owner");
            }
            remarks(type.remarks());
        });
    }

    private void kind(TypeKind kind) {
        if (kind instanceof TypeKind.Resource) {
            json.string("kind", "resource");
            return;
        }
        json.object("kind", () -> {
            switch (kind) {
                case TypeKind.Resource _ -> throw new AssertionError("written above");
                case TypeKind.Alias(Type type) -> type("type", type);
                case TypeKind.Own(TypeId resource) -> json.object("handle", () -> json.number("own", resource.index()));
                case TypeKind.Borrow(TypeId resource) ->
                    json.object("handle", () -> json.number("borrow", resource.index()));
                case TypeKind.Record(List<TypeKind.Field> fields) ->
                    parts("record", "fields", fields, field -> {
                        json.string("name", field.name());
                        type("type", field.type());
                        documentation(field.documentation());
                    });
                case TypeKind.Flags(List<TypeKind.Label> labels) -> parts("flags", "flags", labels, this::label);
                case TypeKind.Enum(List<TypeKind.Label> labels) -> parts("enum", "cases", labels, this::label);
                case TypeKind.Variant(List<TypeKind.Case> cases) ->
                    parts("variant", "cases", cases, each -> {
                        json.string("name", each.name());
                        optional("type", each.type());
                        documentation(each.documentation());
                    });
                case TypeKind.Tuple(List<Type> types) ->
                    json.object("tuple", () -> json.list("types", types, this::element));
                case TypeKind.Option(Type some) -> type("option", some);
                case TypeKind.Result(Optional<Type> ok, Optional<Type> error) ->
                    json.object("result", () -> {
                        optional("ok", ok);
                        optional("err", error);
                    });
                case TypeKind.ListOf(Type element) -> type("list", element);
                case TypeKind.FixedLengthList(Type element, long length) ->
                    json.list(
                            "fixed-length-list",
                            List.<Runnable>of(() -> element(element), () -> json.number(length)),
                            Runnable::run);
                case TypeKind.MapOf(Type key, Type value) -> json.list("map", List.of(key, value), this::element);
                case TypeKind.Future(Optional<Type> element) -> optional("future", element);
                case TypeKind.Stream(Optional<Type> element) -> optional("stream", element);
            }
        });
    }

    private <T> void parts(String word, String field, List<T> parts, Consumer<T> write) {
        json.object(word, () -> json.list(field, parts, part -> json.object(() -> write.accept(part))));
    }

    private void label(TypeKind.Label label) {
        json.string("name", label.name());
        documentation(label.documentation());
    }

    private void type(String field, Type type) {
        switch (type) {
            case Type.Primitive primitive -> json.string(field, primitive.toString());
            case TypeId id -> json.number(field, id.index());
        }
    }

    private void element(Type type) {
        switch (type) {
            case Type.Primitive primitive -> json.string(primitive.toString());
            case TypeId id -> json.number(id.index());
        }
    }

    private void optional(String field, Optional<Type> type) {
        type.ifPresentOrElse(present -> type(field, present), () -> json.nothing(field));
    }

    private void remarks(Remarks remarks) {
        documentation(remarks.documentation());
        stability(remarks.stability());
        externalId(remarks);
    }

    private void externalId(Remarks remarks) {
        remarks.externalId().ifPresent(id -> json.string("external_id", id));
    }

    private void documentation(Optional<String> text) {
        text.ifPresent(contents -> json.object("docs", () -> json.string("contents", contents)));
    }

    private void stability(Stability stability) {
        switch (stability) {
            case Stability.Unknown _ -> {}
            case Stability.Stable stable ->
                json.object(
                        "stability",
                        () -> json.object("stable", () -> {
                            json.string("since", stable.since().toString());
                            stable.deprecated().ifPresent(version -> json.string("deprecated", version.toString()));
                        }));
            case Stability.Unstable unstable ->
                json.object(
                        "stability",
                        () -> json.object("unstable", () -> {
                            json.string("feature", unstable.feature());
                            unstable.deprecated().ifPresent(version -> json.string("deprecated", version.toString()));
                        }));
        }
    }
}
