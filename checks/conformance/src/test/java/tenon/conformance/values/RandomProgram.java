package tenon.conformance.values;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.conformance.values.RandomTypes.Kind;
import tenon.text.Wat;
import tenon.types.component.BorrowType;
import tenon.types.component.FutureType;
import tenon.types.component.Layout;
import tenon.types.component.OwnType;
import tenon.types.component.PointerType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.ResourceType;
import tenon.types.component.StreamType;
import tenon.types.component.ValueType;

/**
 * A component of two guests, or of one with the host in the place of the other, around values of one type. The host calls the outer one,
 * which calls the inner one.
 *
 * <p>Some numbers behind the value see to it that parameters and result go through memory, so that no guest needs to know more of the
 * type than where it lies.
 *
 * @param way what is done with the value
 * @param type its type; of a pump that of the stream or future
 * @param outer the guest that the host calls
 * @param inner the guest that the outer one calls; empty if that calls the host
 * @param seed of what the guests decide for themselves
 */
record RandomProgram(Way way, ValueType type, Side outer, Optional<Side> inner, int seed) {
    /** With as many numbers behind the value there are more core values than a function may have, whatever the value. */
    static final int PADDING = 16;

    /** A resource of the host. */
    static final ResourceType OF_HOST = new ResourceType("h");

    /** A resource of a guest that is neither the outer nor the inner one. */
    static final ResourceType OF_THIRD = new ResourceType("m");

    /** A resource of the inner guest. */
    static final ResourceType OF_INNER = new ResourceType("i");

    /** What is done with values. */
    enum Way {
        /** {@code echo} gives back what it got. */
        ECHO,
        /** {@code echo} gives a number made of the resources that it met in what it got, and drops its handles. */
        LEND,
        /** {@code pump} gives a stream or future that carries what the one carries that it got. */
        PUMP
    }

    /** How a guest is made. */
    record Side(StringEncoding encoding, boolean async, PointerType pointer) {
        /** The same with pointers of 32 bits, as those are who look into a value. */
        Side narrow() {
            return new Side(encoding, async, PointerType.I32);
        }

        String word() {
            return switch (encoding) {
                case UTF8 -> "utf8";
                case UTF16 -> "utf16";
                case LATIN1_UTF16 -> "latin1+utf16";
            };
        }
    }

    /** The program of a seed. */
    static RandomProgram of(int seed) {
        var random = new Random(seed);
        var pointers = new Random(~seed);
        Side outer = side(random, pointers);
        Optional<Side> inner = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(side(random, pointers));
        int choice = random.nextInt(10);
        var handles = EnumSet.noneOf(Kind.class);
        List<ResourceType> resources = inner.isPresent() ? List.of(OF_HOST, OF_THIRD, OF_INNER) : List.of(OF_HOST);
        if (choice < 4) {
            return new RandomProgram(Way.ECHO, type(random, handles, resources, 3), outer, inner, seed);
        }
        if (choice < 8) {
            handles.addAll(choice < 6 ? EnumSet.of(Kind.OWN, Kind.STREAM, Kind.FUTURE) : EnumSet.of(Kind.OWN));
            if (choice > 6) {
                handles.add(Kind.BORROW);
                ValueType lent = type(random, handles, resources, 2);
                return new RandomProgram(Way.LEND, lent, outer.narrow(), inner.map(Side::narrow), seed);
            }
            handles.add(Kind.ERROR_CONTEXT);
            return new RandomProgram(Way.ECHO, type(random, handles, resources, 2), outer, inner, seed);
        }
        if (random.nextBoolean()) {
            handles.addAll(EnumSet.of(Kind.OWN, Kind.STREAM, Kind.FUTURE, Kind.ERROR_CONTEXT));
        }
        Optional<ValueType> element =
                random.nextInt(8) == 0 ? Optional.empty() : Optional.of(type(random, handles, resources, 2));
        ValueType end = choice == 8
                ? new StreamType(element.filter(one -> one != PrimitiveType.CHAR))
                : new FutureType(element);
        return new RandomProgram(Way.PUMP, end, outer, inner, seed);
    }

    private static ValueType type(Random random, Set<Kind> handles, List<ResourceType> resources, int depth) {
        return new RandomTypes(random, handles, resources).type(depth);
    }

    private static Side side(Random random, Random pointers) {
        StringEncoding[] encodings = StringEncoding.values();
        StringEncoding encoding = encodings[random.nextInt(encodings.length)];
        PointerType pointer = pointers.nextBoolean() ? PointerType.I32 : PointerType.I64;
        return new Side(encoding, random.nextBoolean(), pointer);
    }

    /** The same with another type, of the same kind of end if it is a pump. */
    RandomProgram with(ValueType other) {
        return new RandomProgram(way, other, outer, inner, seed);
    }

    /** The binary of the component. */
    byte[] binary() {
        return Wat.parse("seed " + seed, text());
    }

    /** The name of the function that the host calls. */
    String function() {
        return way == Way.PUMP ? "pump" : "echo";
    }

    /** The resources in the type. */
    List<ResourceType> resources() {
        var found = new ArrayList<ResourceType>();
        collect(type, found);
        return List.copyOf(found);
    }

    private static void collect(ValueType type, List<ResourceType> found) {
        type.parts().forEach(part -> collect(part, found));
        ResourceType here = switch (type) {
            case OwnType own -> own.resource();
            case BorrowType borrow -> borrow.resource();
            default -> null;
        };
        if (here != null && !found.contains(here)) {
            found.add(here);
        }
    }

    private boolean uses(ResourceType resource) {
        return resources().contains(resource);
    }

    /** The component as text. */
    String text() {
        TypeText types = TypeText.of(type);
        String name = function();
        String inherited = types.definitions(
                "(type $t%1$d' %2$s) (export $t%1$d \"t%1$d\" (type $inner \"t%1$d\") (type (eq $t%1$d')))");
        String imported = types.definitions("(type $t%1$d' %2$s) (import \"t%1$d\" (type $t%1$d (eq $t%1$d')))");
        return "(component" + System.lineSeparator()
                + (uses(OF_HOST) ? importing(OF_HOST) : "")
                + (uses(OF_THIRD) ? third() : "")
                + (inner.isPresent() ? innerComponent(types, inner.get()) : imported)
                + (inner.isPresent() || way == Way.PUMP
                        ? ""
                        : "(import \"echo\" (func $echo " + signature(types) + "))")
                + outerComponent(types)
                + "(instance $outer (instantiate $Outer " + with(List.of(OF_HOST, OF_THIRD, OF_INNER))
                + types.definitions(
                        inner.isPresent()
                                ? "(with \"t%1$d\" (type $inner \"t%1$d\"))"
                                : "(with \"t%1$d\" (type $t%1$d))")
                + (inner.isPresent()
                        ? "(with \"" + name + "\" (func $inner \"" + name + "\"))"
                        : way == Way.PUMP ? "" : "(with \"echo\" (func $echo))")
                + "))" + System.lineSeparator()
                + exports(OF_THIRD, "$third") + exports(OF_INNER, "$inner")
                + (inner.isPresent() ? inherited : "")
                + "(export \"" + name + "\" (func $outer \"" + name + "\") (func " + signature(types) + ")))";
    }

    private String importing(ResourceType resource) {
        String type = "(import \"%1$s\" (type $%1$s (sub resource)))";
        String number = "(import \"number-%1$s\" (func $number-%1$s (param \"of\" (borrow $%1$s)) (result u32)))";
        return (way == Way.LEND ? type + number : type).formatted(resource);
    }

    private static String third() {
        return "(component $Third " + Guests.RESOURCE.replace("R", OF_THIRD.name())
                + ") (instance $third (instantiate $Third))";
    }

    /** The resources that another component is given, as far as they are used, from where they are. */
    private String with(List<ResourceType> resources) {
        Function<ResourceType, String> from = resource ->
                resource == OF_HOST ? "$h" : (resource == OF_THIRD ? "$third" : "$inner") + " \"" + resource + "\"";
        Function<ResourceType, String> numbers = resource -> resource == OF_HOST
                ? "$number-h"
                : (resource == OF_THIRD ? "$third" : "$inner") + " \"number-" + resource + "\"";
        return resources.stream()
                .filter(this::uses)
                .map(resource -> "(with \"" + resource + "\" (type " + from.apply(resource) + "))"
                        + (way == Way.LEND
                                ? "(with \"number-" + resource + "\" (func " + numbers.apply(resource) + "))"
                                : ""))
                .collect(Collectors.joining(" "));
    }

    private String exports(ResourceType resource, String instance) {
        if (!uses(resource)) {
            return "";
        }
        return """
                (export $%1$s "%1$s" (type %2$s "%1$s"))
                (export "make-%1$s" (func %2$s "make-%1$s") (func (param "number" u32) (result (own $%1$s))))
                (export "number-%1$s" (func %2$s "number-%1$s") (func (param "of" (borrow $%1$s)) (result u32)))
                (export "dropped-%1$s" (func %2$s "dropped-%1$s") (func (result u32)))
                """.formatted(resource, instance);
    }

    private String innerComponent(TypeText types, Side side) {
        String own = uses(OF_INNER) ? Guests.RESOURCE.replace("R", OF_INNER.name()) : "";
        List<ResourceType> others = List.of(OF_HOST, OF_THIRD);
        String body = switch (way) {
            case ECHO -> "(alias core export $m \"same\" (core func $body))";
            case LEND -> walk(side, true);
            case PUMP -> "(alias core export $m \"same-handle\" (core func $before))";
        };
        String options = "(memory $m \"memory\") string-encoding=" + side.word();
        String lifted = way == Way.PUMP
                ? pump(types, side)
                : (side.async ? Guests.of(Guests.LATER, side.pointer).formatted(result(types), options) : "")
                        + "(type $f (func " + signature(types) + ")) (func (export \"echo\") (type $f) "
                        + lift(side.async ? Guests.CALLBACK : "$body)", side.async, options) + ")";
        return "(component $Inner "
                + others.stream().filter(this::uses).map(this::importing).collect(Collectors.joining())
                + own
                + types.definitions("(type $t%1$d' %2$s) (export $t%1$d \"t%1$d\" (type $t%1$d'))")
                + Guests.of(Guests.MEMORY, side.pointer) + body + lifted + ")" + System.lineSeparator()
                + "(instance $inner (instantiate $Inner " + with(others) + "))" + System.lineSeparator();
    }

    private String outerComponent(TypeText types) {
        String options = "(memory $m \"memory\") string-encoding=" + outer.word();
        String lowering = options + " (realloc (func $m \"realloc\"))";
        String head = "(component $Outer "
                + List.of(OF_HOST, OF_THIRD, OF_INNER).stream()
                        .filter(this::uses)
                        .map(this::importing)
                        .collect(Collectors.joining())
                + types.definitions("(type $t%1$d' %2$s) (import \"t%1$d\" (type $t%1$d (eq $t%1$d')))");
        if (way == Way.PUMP) {
            String before = inner.isPresent()
                    ? "(import \"pump\" (func $pump " + signature(types)
                            + ")) (core func $before (canon lower (func $pump)))"
                    : "(alias core export $m \"same-handle\" (core func $before))";
            return head + Guests.of(Guests.MEMORY, outer.pointer) + before + pump(types, outer) + ")"
                    + System.lineSeparator();
        }
        String after = way == Way.ECHO ? "(alias core export $m \"nothing\" (core func $after))" : walk(outer, false);
        String caller = outer.async
                ? Guests.of(Guests.WAITING, outer.pointer).formatted(lowering, result(types), options)
                : Guests.of(Guests.CALLING, outer.pointer).formatted(lowering);
        return head + "(import \"echo\" (func $echo " + signature(types) + "))"
                + Guests.of(Guests.MEMORY, outer.pointer) + after + caller
                + "(type $f (func " + signature(types) + ")) (func (export \"echo\") (type $f) "
                + lift(outer.async ? "$caller \"echo\") async" : "$caller \"echo\")", outer.async, options) + "))"
                + System.lineSeparator();
    }

    private static String lift(String core, boolean async, String options) {
        return "(canon lift (core func " + core + " " + options + " (realloc (func $m \"realloc\"))"
                + (async ? "" : " (post-return (func $m \"reset\"))") + ")";
    }

    /** What drops the handles that a guest got and tells what they were: as {@code $body} of the inner one, {@code $after} of the outer. */
    private String walk(Side side, boolean isInner) {
        var walk = new Walk(side.pointer());
        String call = walk.call(type, "(local.get $value)");
        var definitions = new StringBuilder();
        var imports = new StringBuilder();
        var functions = new StringBuilder();
        var exports = new StringBuilder();
        for (ResourceType resource : resources()) {
            boolean own = isInner && resource == OF_INNER;
            definitions.append((own
                            ? "(core func $c-number-%1$s (canon resource.rep $%1$s'))"
                            : "(core func $c-number-%1$s (canon lower (func $number-%1$s)))")
                    .formatted(resource));
            definitions.append(
                    "(core func $drop-%1$s (canon resource.drop $%1$s%2$s))".formatted(resource, own ? "'" : ""));
            imports.append("""
                    (import "" "number-%1$s" (func $number-%1$s (param i32) (result i32)))
                    (import "" "drop-%1$s" (func $drop-%1$s (param i32)))
                    """.formatted(resource));
            String meet = "(call $note (call $number-%1$s (local.get 0))) (call $drop-%1$s (local.get 0))"
                    .formatted(resource);
            functions.append("(func $own-%s (param i32) %s)".formatted(resource, isInner ? meet : ""));
            functions.append(
                    "(func $borrow-%s (param i32) %s)".formatted(resource, own ? "(call $note (local.get 0))" : meet));
            exports.append("(export \"number-%1$s\" (func $c-number-%1$s)) (export \"drop-%1$s\" (func $drop-%1$s))"
                    .formatted(resource));
        }
        String end = isInner ? """
                        (func (export "walk") (param $value i32) (result i32)
                          (global.set $sum (i64.const 0))
                          %s
                          (i64.store (i32.const 8) (global.get $sum))
                          (memory.fill (i32.const 16) (i32.const 0) (i32.const 16))
                          (i32.const 8))
                        """ : """
                        (func (export "walk") (param $value i32) (param $result i32)
                          (global.set $sum (i64.const 0))
                          %s
                          (i64.store (local.get $result)
                            (i64.add (i64.mul (i64.load (local.get $result)) (i64.const 1000003)) (global.get $sum))))
                        """;
        return definitions
                + """
                (core module $Walk
                  (import "" "memory" (memory 1))
                  %s
                  (global $sum (mut i64) (i64.const 0))
                  (func $note (param $number i32)
                    (global.set $sum
                      (i64.add (i64.mul (global.get $sum) (i64.const 31)) (i64.extend_i32_u (local.get $number)))))
                  %s %s %s)
                (core instance $walk (instantiate $Walk (with "" (instance
                  (export "memory" (memory $m "memory")) %s))))
                (alias core export $walk "walk" (core func %s))
                """.formatted(
                                imports,
                                functions,
                                walk.functions(),
                                end.formatted(call),
                                exports,
                                isInner ? "$body" : "$after");
    }

    private String pump(TypeText types, Side side) {
        String word = type.getClass().getSimpleName().replace("Type", "").toLowerCase(Locale.ROOT);
        Optional<ValueType> element = type.parts().stream().findFirst();
        int size = element.map(each -> Layout.of(each, side.pointer()).size()).orElse(0);
        boolean stream = type instanceof StreamType;
        String module = Guests.of(stream ? Guests.STREAM_PUMP : Guests.FUTURE_PUMP, side.pointer)
                .replace("COPYING", Guests.copying(stream, side.pointer))
                .replace("SEED", Integer.toString(seed))
                .replace("BUFFER", Integer.toString(Guests.BUFFER))
                .replace("MOST", Integer.toString(Math.min(20, 60_000 / Math.max(1, size))))
                .replace("SIZE", Integer.toString(size));
        return "(type $S " + types.use(type) + ")"
                + Guests.ENDS
                        .replace("WHAT", word)
                        .replace("ASYNC", side.async ? "async" : "")
                        .replace("ENCODING", side.word())
                + module + Guests.PUMP_INSTANCE
                + "(type $f (func " + signature(types) + ")) (func (export \"pump\") (type $f)"
                + " (canon lift (core func $pump \"pump\") async (memory $m \"memory\") (realloc (func $m \"realloc\"))"
                + " string-encoding=" + side.word() + "))";
    }

    /** The type of the function that the host calls. */
    private String signature(TypeText types) {
        if (way == Way.PUMP) {
            return "async (param \"value\" " + types.use(type) + ") (result " + types.use(type) + ")";
        }
        boolean async = outer.async || inner.map(Side::async).orElse(false);
        return (async ? "async " : "") + "(param \"value\" " + types.use(type) + ")"
                + each(i -> "(param \"p" + i + "\" u8)") + " " + result(types);
    }

    private String result(TypeText types) {
        return "(result (tuple " + (way == Way.LEND ? "u64" : types.use(type)) + each(_ -> "u8") + "))";
    }

    private static String each(IntFunction<String> text) {
        return " " + IntStream.range(0, PADDING).mapToObj(text).collect(Collectors.joining(" "));
    }
}
