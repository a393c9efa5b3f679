package tenon.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How a type is defined: WIT.md, "Items: type" and "Types". */
public sealed interface TypeKind {

    /** {@code type a = b}, and what {@code use} brings in. */
    record Alias(Type type) implements TypeKind {}

    /** A resource; its functions are those of its interface or world. */
    record Resource() implements TypeKind {}

    /** {@code own<resource>}. */
    record Own(TypeId resource) implements TypeKind {}

    /** {@code borrow<resource>}. */
    record Borrow(TypeId resource) implements TypeKind {}

    /** Fields in order. */
    record Record(List<Field> fields) implements TypeKind {
        public Record {
            fields = List.copyOf(fields);
        }
    }

    /** Labels in order. */
    record Flags(List<Label> labels) implements TypeKind {
        public Flags {
            labels = List.copyOf(labels);
        }
    }

    /** Cases in order. */
    record Variant(List<Case> cases) implements TypeKind {
        public Variant {
            cases = List.copyOf(cases);
        }
    }

    /** Labels in order. */
    record Enum(List<Label> labels) implements TypeKind {
        public Enum {
            labels = List.copyOf(labels);
        }
    }

    record Tuple(List<Type> types) implements TypeKind {
        public Tuple {
            types = List.copyOf(types);
        }
    }

    record Option(Type some) implements TypeKind {}

    record Result(Optional<Type> ok, Optional<Type> error) implements TypeKind {}

    record ListOf(Type element) implements TypeKind {}

    /** {@code length} counts elements; unsigned in 32 bits. */
    record FixedLengthList(Type element, long length) implements TypeKind {}

    record MapOf(Type key, Type value) implements TypeKind {}

    record Future(Optional<Type> element) implements TypeKind {}

    record Stream(Optional<Type> element) implements TypeKind {}

    /** A field of a record. */
    record Field(String name, Type type, Optional<String> documentation) {}

    /** A case of a variant. */
    record Case(String name, Optional<Type> type, Optional<String> documentation) {}

    /** A flag, or a case of an enum. */
    record Label(String name, Optional<String> documentation) {}

    /** The same over other types; {@code type} is asked once for each part, in order. */
    default TypeKind map(Function<Type, Type> type, Function<TypeId, TypeId> resource) {
        return switch (this) {
            case Resource _, Flags _, Enum _ -> this;
            case Alias alias -> new Alias(type.apply(alias.type()));
            case Own own -> new Own(resource.apply(own.resource()));
            case Borrow borrow -> new Borrow(resource.apply(borrow.resource()));
            case Record record ->
                new Record(record.fields().stream()
                        .map(field -> new Field(field.name(), type.apply(field.type()), field.documentation()))
                        .toList());
            case Variant variant ->
                new Variant(variant.cases().stream()
                        .map(each -> new Case(each.name(), each.type().map(type), each.documentation()))
                        .toList());
            case Tuple tuple -> new Tuple(tuple.types().stream().map(type).toList());
            case Option option -> new Option(type.apply(option.some()));
            case Result result ->
                new Result(result.ok().map(type), result.error().map(type));
            case ListOf list -> new ListOf(type.apply(list.element()));
            case FixedLengthList list -> new FixedLengthList(type.apply(list.element()), list.length());
            case MapOf map -> new MapOf(type.apply(map.key()), type.apply(map.value()));
            case Future future -> new Future(future.element().map(type));
            case Stream stream -> new Stream(stream.element().map(type));
        };
    }

    /** The types that it is made of, in order; a handle's resource is one of them. */
    default List<Type> parts() {
        var parts = new ArrayList<Type>();
        map(
                type -> {
                    parts.add(type);
                    return type;
                },
                resource -> {
                    parts.add(resource);
                    return resource;
                });
        return parts;
    }
}
