package tenon.runtime.abi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tenon.runtime.value.ErrorContext;
import tenon.runtime.value.Resource;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.types.LinkException;
import tenon.types.component.BorrowType;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FutureType;
import tenon.types.component.Layout;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PointerType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/**
 * Shapes of typed Java values, as the package {@code tenon.runtime.value} documents them. A value type and a Java type are gone
 * through side by side, once, when a component is linked; records and sealed interfaces are looked into with the right of whoever
 * registered them.
 */
public final class JavaShapes {
    private final MethodHandles.Lookup lookup;
    private final Function<ResourceType, Shape.ResourceKind> resources;

    /** A maker that may look into what {@code lookup} may see. */
    public JavaShapes(MethodHandles.Lookup lookup, Function<ResourceType, Shape.ResourceKind> resources) {
        this.lookup = lookup;
        this.resources = resources;
    }

    /**
     * The shape of {@code type} as {@code java}.
     *
     * @throws LinkException if values of the one cannot be the other; the message says what was expected
     */
    public Shape shape(ValueType type, Type java) {
        return shape(type, java, Map.of());
    }

    private Shape shape(ValueType type, Type unresolved, Map<TypeVariable<?>, Type> bindings) {
        Type java = resolve(unresolved, bindings);
        var measure = Shape.Measure.of(type);
        return switch (type) {
            case PrimitiveType primitive -> primitive(measure, primitive, java);
            case ListType list -> list(measure, list, java, bindings);
            case RecordType record -> product(measure, record.parts(), java, bindings);
            case TupleType tuple -> product(measure, tuple.types(), java, bindings);
            case VariantType variant -> variant(measure, variant, java, bindings);
            case EnumType labels -> enumeration(measure, labels, java);
            case FlagsType flags -> flags(measure, flags, java);
            case OptionType option -> option(measure, option, java, bindings);
            case ResultType result -> result(measure, result, java, bindings);
            case OwnType own -> handle(measure, own.resource(), true, java);
            case BorrowType borrow -> handle(measure, borrow.resource(), false, java);
            case StreamType stream -> HostEnds.stream(measure, java, element(stream, stream.element(), java, bindings));
            case FutureType future -> HostEnds.future(measure, java, element(future, future.element(), java, bindings));
            case FixedLengthListType list -> fixed(measure, list, java, bindings);
            case MapType map -> map(measure, map, java, bindings);
        };
    }

    private Optional<Shape> element(
            ValueType type, Optional<ValueType> element, Type java, Map<TypeVariable<?>, Type> bindings) {
        return element.map(each -> shape(each, argument(type, java, 0, bindings), Map.of()));
    }

    private static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
        return switch (type) {
            case TypeVariable<?> variable -> bindings.getOrDefault(variable, Object.class);
            case WildcardType wildcard -> resolve(wildcard.getUpperBounds()[0], bindings);
            default -> type;
        };
    }

    private static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType parameterized -> (Class<?>) parameterized.getRawType();
            default -> Object.class;
        };
    }

    private static Type argument(ValueType type, Type java, int index, Map<TypeVariable<?>, Type> bindings) {
        if (java instanceof ParameterizedType parameterized) {
            return resolve(parameterized.getActualTypeArguments()[index], bindings);
        }
        throw new LinkException("`" + type + "` needs to know the type arguments of `" + java.getTypeName() + "`");
    }

    private static Map<TypeVariable<?>, Type> bindings(Type java, Map<TypeVariable<?>, Type> outer) {
        if (!(java instanceof ParameterizedType parameterized)) {
            return Map.of();
        }
        var inner = new HashMap<TypeVariable<?>, Type>();
        TypeVariable<?>[] variables = raw(java).getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
            inner.put(variables[i], resolve(parameterized.getActualTypeArguments()[i], outer));
        }
        return inner;
    }

    private static LinkException mismatch(ValueType type, String needed, Type found) {
        return new LinkException("`" + type + "` needs " + needed + ", found `" + found.getTypeName() + "`");
    }

    private Shape primitive(Shape.Measure measure, PrimitiveType type, Type java) {
        Class<?> wanted = javaPrimitive(type);
        if (raw(java) != wanted
                && raw(java) != MethodType.methodType(wanted).wrap().returnType()) {
            throw mismatch(type, "`" + wanted.getSimpleName() + "`", java);
        }
        if (type == PrimitiveType.ERROR_CONTEXT) {
            return HostEnds.errorContext(measure);
        }
        return type == PrimitiveType.STRING
                ? new Shape.Text(measure, JavaForms.STRING)
                : new Shape.Scalar(measure, type, Shape.Wrapper.NONE);
    }

    /** The Java type of a primitive type. */
    public static Class<?> javaPrimitive(PrimitiveType type) {
        return switch (type) {
            case BOOL -> boolean.class;
            case S8, U8 -> byte.class;
            case S16, U16 -> short.class;
            case S32, U32, CHAR -> int.class;
            case S64, U64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
            case STRING -> String.class;
            case ERROR_CONTEXT -> ErrorContext.class;
        };
    }

    /** The component type of the array that a list of {@code element} is; null if it is no array. */
    static @Nullable Class<?> arrayComponent(PrimitiveType element) {
        return switch (element) {
            case S8, U8, S16, U16, S32, U32, S64, U64, F32, F64 -> javaPrimitive(element);
            case BOOL, CHAR, STRING, ERROR_CONTEXT -> null;
        };
    }

    /** A list of numbers. */
    static Shape.Numbers numbers(ValueType list, PrimitiveType element, Class<?> component) {
        return new Shape.Numbers(
                Shape.Measure.of(list),
                element,
                Layout.of(element, PointerType.I32).size(),
                component);
    }

    private Shape list(Shape.Measure measure, ListType type, Type java, Map<TypeVariable<?>, Type> bindings) {
        if (type.element() instanceof PrimitiveType element && arrayComponent(element) instanceof Class<?> component) {
            if (raw(java) != component.arrayType()) {
                throw mismatch(type, "`" + component.arrayType().getSimpleName() + "`", java);
            }
            return numbers(type, element, component);
        }
        if (raw(java) != List.class) {
            throw mismatch(type, "`java.util.List`", java);
        }
        return new Shape.Elements(
                measure, shape(type.element(), argument(type, java, 0, bindings), Map.of()), JavaForms.LIST);
    }

    /** As a list, but the length is checked where the value is taken. */
    private Shape fixed(
            Shape.Measure measure, FixedLengthListType type, Type java, Map<TypeVariable<?>, Type> bindings) {
        int length = (int) Math.min(type.length(), Integer.MAX_VALUE);
        if (type.element() instanceof PrimitiveType element && arrayComponent(element) instanceof Class<?> component) {
            if (raw(java) != component.arrayType()) {
                throw mismatch(type, "`" + component.arrayType().getSimpleName() + "`", java);
            }
            return Forms.fixed(
                    measure,
                    type,
                    new Shape.Scalar(Shape.Measure.of(element), element, Shape.Wrapper.NONE),
                    new FixedLengthForms.OfArray(component, length));
        }
        if (raw(java) != List.class) {
            throw mismatch(type, "`java.util.List`", java);
        }
        Shape element = shape(type.element(), argument(type, java, 0, bindings), Map.of());
        return Forms.fixed(measure, type, element, new FixedLengthForms.OfList(length));
    }

    private Shape map(Shape.Measure measure, MapType type, Type java, Map<TypeVariable<?>, Type> bindings) {
        if (raw(java) != Map.class) {
            throw mismatch(type, "`java.util.Map`", java);
        }
        Shape key = shape(type.key(), argument(type, java, 0, bindings), Map.of());
        Shape value = shape(type.value(), argument(type, java, 1, bindings), Map.of());
        return Forms.map(measure, type, key, value, JavaForms.MAP, JavaForms.ENTRY);
    }

    private Shape product(Shape.Measure measure, List<ValueType> parts, Type java, Map<TypeVariable<?>, Type> outer) {
        Class<?> type = raw(java);
        if (!type.isRecord() || type.getRecordComponents().length != parts.size()) {
            throw mismatch(measure.type(), "a Java record of " + parts.size() + " components", java);
        }
        Map<TypeVariable<?>, Type> inner = bindings(java, outer);
        var fields = new ArrayList<Shape>();
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            fields.add(shape(parts.get(i), components[i].getGenericType(), inner));
        }
        return new Shape.Product(
                measure, List.copyOf(fields), Forms.offsets(parts), new JavaForms.OfRecord(members(type)));
    }

    /** The constructor and accessors of a record. */
    private JavaForms.Members members(Class<?> type) {
        try {
            MethodHandles.Lookup within = MethodHandles.privateLookupIn(type, lookup);
            RecordComponent[] components = type.getRecordComponents();
            var types = new Class<?>[components.length];
            var accessors = new ArrayList<MethodHandle>();
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                accessors.add(within.findVirtual(type, components[i].getName(), MethodType.methodType(types[i])));
            }
            return new JavaForms.Members(
                    type, within.findConstructor(type, MethodType.methodType(void.class, types)), accessors);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw inaccessible(type, e);
        }
    }

    private static LinkException inaccessible(Class<?> type, ReflectiveOperationException cause) {
        var error = new LinkException(
                "`" + type.getName() + "` is not open to the lookup that the interface was registered with");
        error.initCause(cause);
        return error;
    }

    private Shape variant(Shape.Measure measure, VariantType variant, Type java, Map<TypeVariable<?>, Type> outer) {
        Class<?> type = raw(java);
        Class<?>[] permitted = type.getPermittedSubclasses();
        if (permitted == null
                || !type.isInterface()
                || permitted.length != variant.cases().size()) {
            throw mismatch(variant, "a sealed interface of " + variant.cases().size() + " records", java);
        }
        var cases = new ArrayList<Optional<Shape>>();
        var members = new ArrayList<JavaForms.Members>();
        Map<TypeVariable<?>, Type> bindings = bindings(java, outer);
        for (int i = 0; i < permitted.length; i++) {
            VariantType.Case each = variant.cases().get(i);
            int components = permitted[i].isRecord() ? permitted[i].getRecordComponents().length : -1;
            if (components != (each.type().isPresent() ? 1 : 0)) {
                throw mismatch(
                        variant,
                        "for its case `" + each.label() + "` a Java record of "
                                + (each.type().isPresent() ? "one component" : "no component"),
                        permitted[i]);
            }
            int index = i;
            cases.add(each.type()
                    .map(payload ->
                            shape(payload, permitted[index].getRecordComponents()[0].getGenericType(), bindings)));
            members.add(members(permitted[i]));
        }
        return Forms.sum(measure, Forms.payloads(variant), cases, new JavaForms.OfSealed(type, members));
    }

    private Shape enumeration(Shape.Measure measure, EnumType labels, Type java) {
        Object[] constants = raw(java).getEnumConstants();
        if (constants == null || constants.length != labels.labels().size()) {
            throw mismatch(labels, "a Java enum of " + labels.labels().size() + " constants", java);
        }
        List<Optional<ValueType>> payloads = Forms.payloads(labels);
        var cases = new ArrayList<Optional<Shape>>();
        payloads.forEach(_ -> cases.add(Optional.empty()));
        return Forms.sum(measure, payloads, cases, new JavaForms.OfEnum(raw(java), constants));
    }

    private Shape flags(Shape.Measure measure, FlagsType flags, Type java) {
        Class<?> type = raw(java);
        RecordComponent[] components = type.getRecordComponents();
        if (components == null
                || components.length != 1
                || (components[0].getType() != int.class && components[0].getType() != long.class)) {
            throw mismatch(flags, "a Java record of one `int` or `long`", java);
        }
        return new Shape.Flags(
                measure, flags, new JavaForms.OfBits(members(type), components[0].getType() == long.class));
    }

    private Shape option(Shape.Measure measure, OptionType option, Type java, Map<TypeVariable<?>, Type> bindings) {
        if (raw(java) != Optional.class) {
            throw mismatch(option, "`java.util.Optional`", java);
        }
        Shape some = shape(option.some(), argument(option, java, 0, bindings), Map.of());
        return Forms.sum(
                measure, Forms.payloads(option), List.of(Optional.empty(), Optional.of(some)), JavaForms.OPTIONAL);
    }

    private Shape result(Shape.Measure measure, ResultType result, Type java, Map<TypeVariable<?>, Type> bindings) {
        if (raw(java) != Result.class) {
            throw mismatch(result, "`" + Result.class.getName() + "`", java);
        }
        Optional<Shape> ok = side(result, result.ok(), argument(result, java, 0, bindings));
        Optional<Shape> error = side(result, result.error(), argument(result, java, 1, bindings));
        return Forms.sum(measure, Forms.payloads(result), List.of(ok, error), JavaForms.RESULT);
    }

    private Optional<Shape> side(ResultType result, Optional<ValueType> type, Type java) {
        if (type.isEmpty() && raw(java) != Unit.class && raw(java) != Void.class) {
            throw mismatch(result, "`" + Unit.class.getName() + "` for its absent side", java);
        }
        return type.map(each -> shape(each, java, Map.of()));
    }

    private Shape handle(Shape.Measure measure, ResourceType type, boolean own, Type java) {
        Shape.ResourceKind kind = resources.apply(type);
        Class<?> wanted = switch (kind) {
            case Shape.ResourceKind.Host host -> host.java();
            case Shape.ResourceKind.Guest _ -> Resource.class;
        };
        if (raw(java) != wanted) {
            throw mismatch(measure.type(), "`" + wanted.getName() + "`", java);
        }
        return new Shape.Handle(measure, kind, own, GuestResource.form());
    }
}
