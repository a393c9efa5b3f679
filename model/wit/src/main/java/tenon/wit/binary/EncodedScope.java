package tenon.wit.binary;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.component.ExternalName.Attributes;
import tenon.component.write.TypeEncoder;
import tenon.wasm.BinaryWriter;
import tenon.wit.Function;
import tenon.wit.Interface;
import tenon.wit.InterfaceId;
import tenon.wit.Owner;
import tenon.wit.PackageGraph;
import tenon.wit.Type;
import tenon.wit.TypeDefinition;
import tenon.wit.TypeId;
import tenon.wit.TypeKind;

/** The declarations of a component or instance type that is being written: Binary.md, "Type Definitions". Confined to one run. */
final class EncodedScope {
    static final int FUNCTION = 0x01;
    static final int COMPONENT = 0x04;
    static final int INSTANCE = 0x05;

    private static final int TYPE = 0x03;

    private final PackageGraph graph;
    private final @Nullable EncodedScope outer;
    private final boolean component;
    private final BinaryWriter declarations = new BinaryWriter();
    private int count;
    private int typeCount;
    private int instanceCount;

    /** Where types of the graph stand in this scope. */
    private final Map<TypeId, Integer> types = new HashMap<>();

    /** Where types of functions stand in this scope: functions that are alike share one. */
    private final Map<Signature, Integer> signatures = new HashMap<>();

    /** The instances that types of interfaces are taken from. */
    private final Map<InterfaceId, Integer> instances = new HashMap<>();

    /** What two functions must agree in to have one type. */
    private record Signature(boolean async, List<Function.Parameter> params, Optional<Type> result) {}

    private EncodedScope(PackageGraph graph, @Nullable EncodedScope outer, boolean component) {
        this.graph = graph;
        this.outer = outer;
        this.component = component;
    }

    static EncodedScope component(PackageGraph graph, @Nullable EncodedScope outer) {
        return new EncodedScope(graph, outer, true);
    }

    /** The whole as a type. */
    BinaryWriter toType() {
        return new BinaryWriter()
                .writeByte(component ? 0x41 : 0x42)
                .writeU32(count)
                .write(declarations);
    }

    private void declare(int kind, BinaryWriter content) {
        declarations.writeByte(kind).write(content);
        count++;
    }

    int define(BinaryWriter type) {
        declare(0x01, type);
        return typeCount++;
    }

    void export(String name, Attributes attributes, int sort, int type) {
        declare(0x04, name(name, attributes).writeByte(sort).writeU32(type));
        instanceCount += sort == INSTANCE ? 1 : 0;
    }

    void importItem(String name, Attributes attributes, int sort, int type) {
        declare(0x03, name(name, attributes).writeByte(sort).writeU32(type));
        instanceCount += sort == INSTANCE ? 1 : 0;
    }

    void importInterface(String name, Attributes attributes, InterfaceId id, int type) {
        importItem(name, attributes, INSTANCE, type);
        instances.put(id, instanceCount - 1);
    }

    /** From here on types of an interface are those of the instance that was declared last. */
    void takeTypesFromLast(InterfaceId id) {
        instances.put(id, instanceCount - 1);
        types.keySet().removeIf(type -> graph.get(type).owner().equals(new Owner.OfInterface(id)));
    }

    private static BinaryWriter name(String name, Attributes attributes) {
        var out = new BinaryWriter();
        if (attributes.equals(Attributes.NONE)) {
            return out.writeByte(0x00).writeName(name);
        }
        out.writeByte(0x02).writeName(name);
        List<Optional<String>> texts =
                List.of(attributes.implemented(), attributes.versionSuffix(), attributes.externalId());
        out.writeU32((int) texts.stream().filter(Optional::isPresent).count());
        for (int i = 0; i < texts.size(); i++) {
            int code = i;
            texts.get(i).ifPresent(text -> out.writeByte(code).writeName(text));
        }
        return out;
    }

    /** Defines the type of an instance of an interface, with types alone or with functions, too. */
    int instanceType(InterfaceId id, boolean functions) {
        var inner = new EncodedScope(graph, this, false);
        Interface each = graph.get(id);
        each.types().forEach((name, type) -> inner.named(0x04, name, type));
        if (functions) {
            inOrder(each).forEach(function -> {
                var attributes = new Attributes(
                        Optional.empty(), Optional.empty(), function.remarks().externalId());
                inner.export(function.name(), attributes, FUNCTION, inner.functionType(function));
            });
        }
        return define(inner.toType());
    }

    /** Functions of resources come first, in the order of their resources: so they are written in WIT. */
    private static List<Function> inOrder(Interface each) {
        var order = new HashMap<TypeId, Integer>();
        each.types().values().forEach(type -> order.put(type, order.size()));
        return each.functions().values().stream()
                .sorted(Comparator.comparingInt(function -> function.kind()
                        .resource()
                        .map(resource -> order.getOrDefault(resource, order.size()))
                        .orElse(order.size())))
                .toList();
    }

    void importType(String name, TypeId id) {
        named(0x03, name, id);
    }

    /** Exports or imports a type under a name, which is an entry of its own. */
    private void named(int kind, String name, TypeId id) {
        TypeDefinition type = graph.get(id);
        var attributes = new Attributes(
                Optional.empty(), Optional.empty(), type.remarks().externalId());
        BinaryWriter bound = new BinaryWriter().writeByte(TYPE);
        if (type.kind() instanceof TypeKind.Resource) {
            bound.writeByte(0x01);
        } else if (type.kind() instanceof TypeKind.Alias(TypeId target)) {
            bound.writeByte(0x00).writeU32(index(target));
        } else {
            bound.writeByte(0x00).writeU32(define(encode(type.kind())));
        }
        declare(kind, name(name, attributes).write(bound));
        types.put(id, typeCount++);
    }

    /** Where a type stands in this scope; brings it in if it is defined elsewhere, or has no name. */
    private int index(TypeId id) {
        Integer known = types.get(id);
        if (known != null) {
            return known;
        }
        int index;
        TypeDefinition type = graph.get(id);
        if (type.owner() instanceof Owner.None) {
            index = define(encode(type.kind()));
        } else if (component
                && type.owner() instanceof Owner.OfInterface(InterfaceId from)
                && instances.containsKey(from)) {
            var alias = new BinaryWriter().writeByte(TYPE).writeByte(0x00).writeU32(instances.get(from));
            declare(0x02, alias.writeName(type.name().orElseThrow()));
            index = typeCount++;
        } else {
            if (outer == null) {
                throw new AssertionError("type is out of reach: " + type);
            }
            int outside = outer.index(id);
            declare(
                    0x02,
                    new BinaryWriter()
                            .writeByte(TYPE)
                            .writeByte(0x02)
                            .writeU32(1)
                            .writeU32(outside));
            index = typeCount++;
        }
        types.put(id, index);
        return index;
    }

    int functionType(Function function) {
        var signature = new Signature(function.kind().async(), function.params(), function.result());
        Integer known = signatures.get(signature);
        if (known == null) {
            known = define(encode(function));
            signatures.put(signature, known);
        }
        return known;
    }

    private BinaryWriter encode(Function function) {
        var out = new BinaryWriter().writeByte(function.kind().async() ? 0x43 : 0x40);
        out.writeU32(function.params().size());
        for (Function.Parameter param : function.params()) {
            value(out.writeName(param.name()), param.type());
        }
        if (function.result().isPresent()) {
            value(out.writeByte(0x00), function.result().get());
        } else {
            out.writeByte(0x01).writeByte(0x00);
        }
        return out;
    }

    private BinaryWriter value(BinaryWriter out, Type type) {
        return switch (type) {
            case Type.Primitive primitive -> out.writeByte(TypeEncoder.code(primitive.type()));
            case TypeId id -> out.writeSigned(index(id));
        };
    }

    private BinaryWriter optional(BinaryWriter out, Optional<Type> type) {
        return type.isPresent() ? value(out.writeByte(0x01), type.get()) : out.writeByte(0x00);
    }

    private BinaryWriter encode(TypeKind kind) {
        var out = new BinaryWriter();
        return switch (kind) {
            case TypeKind.Resource _ -> throw new AssertionError("resources are declared by their bound");
            case TypeKind.Alias(Type type) -> value(out, type);
            case TypeKind.Own(TypeId resource) -> out.writeByte(0x69).writeU32(index(resource));
            case TypeKind.Borrow(TypeId resource) -> out.writeByte(0x68).writeU32(index(resource));
            case TypeKind.Record(List<TypeKind.Field> fields) -> {
                out.writeByte(0x72).writeU32(fields.size());
                fields.forEach(field -> value(out.writeName(field.name()), field.type()));
                yield out;
            }
            case TypeKind.Variant(List<TypeKind.Case> cases) -> {
                out.writeByte(0x71).writeU32(cases.size());
                cases.forEach(each ->
                        optional(out.writeName(each.name()), each.type()).writeByte(0x00));
                yield out;
            }
            case TypeKind.Enum(List<TypeKind.Label> labels) -> labels(out.writeByte(0x6d), labels);
            case TypeKind.Flags(List<TypeKind.Label> labels) -> labels(out.writeByte(0x6e), labels);
            case TypeKind.Tuple(List<Type> types) -> {
                out.writeByte(0x6f).writeU32(types.size());
                types.forEach(type -> value(out, type));
                yield out;
            }
            case TypeKind.Option(Type some) -> value(out.writeByte(0x6b), some);
            case TypeKind.Result(Optional<Type> ok, Optional<Type> error) ->
                optional(optional(out.writeByte(0x6a), ok), error);
            case TypeKind.ListOf(Type element) -> value(out.writeByte(0x70), element);
            case TypeKind.FixedLengthList(Type element, long length) ->
                value(out.writeByte(0x67), element).writeU32((int) length);
            case TypeKind.MapOf(Type key, Type value) -> value(value(out.writeByte(0x63), key), value);
            case TypeKind.Future(Optional<Type> element) -> optional(out.writeByte(0x65), element);
            case TypeKind.Stream(Optional<Type> element) -> optional(out.writeByte(0x66), element);
        };
    }

    private static BinaryWriter labels(BinaryWriter out, List<TypeKind.Label> labels) {
        out.writeU32(labels.size());
        labels.forEach(label -> out.writeName(label.name()));
        return out;
    }
}
