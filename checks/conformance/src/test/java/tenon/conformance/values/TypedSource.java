package tenon.conformance.values;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tenon.runtime.value.ErrorContext;
import tenon.runtime.value.FutureReader;
import tenon.runtime.value.Resource;
import tenon.runtime.value.Result;
import tenon.runtime.value.StreamReader;
import tenon.runtime.value.Unit;
import tenon.types.component.BorrowType;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FutureType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/**
 * The Java source of a program's host: a class with the types that the program needs as the package {@code tenon.runtime.value}
 * documents them, and its function. One use.
 *
 * @param name of the class
 */
record TypedSource(String name, RandomProgram program, TypeText types) {
    /** The package of all of them. */
    static final String PACKAGE = "tenon.conformance.values.generated";

    TypedSource(RandomProgram program) {
        this("P" + program.seed(), program, TypeText.of(program.type()));
    }

    String text() {
        String value = java(program.type(), false);
        String paddings = each(IntStream.range(0, RandomProgram.PADDING).boxed().toList(), i -> ", byte p" + i);
        String numbers = each(IntStream.range(0, RandomProgram.PADDING).boxed().toList(), i -> ", p" + i);
        String function = switch (program.way()) {
            case PUMP -> "public " + value + " pump(" + value + " value) { return value; }";
            case ECHO ->
                "public record Back(" + value + " value" + paddings + ") {}\n"
                        + "public Back echo(" + value + " value" + paddings + ") { return new Back(value"
                        + numbers + "); }";
            case LEND ->
                "public record Back(long value" + paddings + ") {}\n"
                        + "public Back echo(" + value + " value" + paddings
                        + ") { return new Back(sum.applyAsLong(value)" + numbers + "); }";
        };
        return "package " + PACKAGE + ";\n"
                + "public final class " + name + " {\n"
                + "private final java.util.function.ToLongFunction<Object> sum;\n"
                + "public " + name + "(java.util.function.ToLongFunction<Object> sum) { this.sum = sum; }\n"
                + "public static java.lang.invoke.MethodHandles.Lookup lookup() {"
                + " return java.lang.invoke.MethodHandles.lookup(); }\n"
                + "public int number(" + Thing.class.getName() + " of) { return of.number(); }\n"
                + function + "\n"
                + each(types.named(), this::definition)
                + "}\n";
    }

    private String definition(ValueType type) {
        String own = "T" + types.named().indexOf(type);
        return switch (type) {
            case RecordType record -> "public record " + own + "(" + fields(record.parts()) + ") {}\n";
            case FlagsType _ -> "public record " + own + "(int bits) {}\n";
            case EnumType names ->
                "public enum " + own + " { "
                        + names.labels().stream().map(String::toUpperCase).collect(Collectors.joining(", ")) + " }\n";
            case VariantType variant ->
                "public sealed interface " + own + " {\n"
                        + each(
                                IntStream.range(0, variant.cases().size())
                                        .boxed()
                                        .toList(),
                                i -> "record C" + i + "("
                                        + variant.cases()
                                                .get(i)
                                                .type()
                                                .map(payload -> java(payload, false) + " payload")
                                                .orElse("")
                                        + ") implements " + own + " {}\n")
                        + "}\n";
            default -> throw new AssertionError("no name for " + type);
        };
    }

    private String fields(List<ValueType> parts) {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> java(parts.get(i), false) + " f" + i)
                .collect(Collectors.joining(", "));
    }

    private static <T> String each(List<T> parts, Function<? super T, String> text) {
        return parts.stream().map(text).collect(Collectors.joining());
    }

    /** The class of a primitive type's values. */
    static Class<?> primitive(PrimitiveType type) {
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

    /** Whether a list of this is an array. */
    static boolean isArray(ValueType element) {
        return element instanceof PrimitiveType primitive
                && primitive(primitive).isPrimitive()
                && primitive != PrimitiveType.BOOL
                && primitive != PrimitiveType.CHAR;
    }

    private static String box(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType().getName();
    }

    private String java(ValueType type, boolean boxed) {
        return switch (type) {
            case PrimitiveType primitive ->
                boxed ? box(primitive(primitive)) : primitive(primitive).getName();
            case ListType list -> list(list.element());
            case FixedLengthListType list -> list(list.element());
            case MapType map -> "java.util.Map<" + java(map.key(), true) + ", " + java(map.value(), true) + ">";
            case TupleType tuple ->
                "tenon.runtime.value.Tuple" + tuple.types().size() + "<"
                        + tuple.types().stream().map(one -> java(one, true)).collect(Collectors.joining(", ")) + ">";
            case OptionType option -> "java.util.Optional<" + java(option.some(), true) + ">";
            case ResultType result -> of(Result.class, maybe(result.ok()) + ", " + maybe(result.error()));
            case RecordType _, VariantType _, EnumType _, FlagsType _ ->
                "T" + types.named().indexOf(type);
            case OwnType own -> resource(own.resource());
            case BorrowType borrow -> resource(borrow.resource());
            case StreamType stream -> of(StreamReader.class, maybe(stream.element()));
            case FutureType future -> of(FutureReader.class, maybe(future.element()));
        };
    }

    private static String of(Class<?> generic, String arguments) {
        return generic.getName() + "<" + arguments + ">";
    }

    private String list(ValueType element) {
        return isArray(element) ? java(element, false) + "[]" : "java.util.List<" + java(element, true) + ">";
    }

    private String maybe(Optional<ValueType> type) {
        return type.map(one -> java(one, true)).orElse(Unit.class.getName());
    }

    private static String resource(ResourceType type) {
        return (type == RandomProgram.OF_HOST ? Thing.class : Resource.class).getName();
    }
}
