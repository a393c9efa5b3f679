package tenon.conformance.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tenon.text.Wat;

/**
 * A component of two guests, from a seed: the host calls {@code echo} of the outer one with a value of a random type, which calls that of
 * the inner one; either gives back what it got. Some numbers behind the value see to it that parameters and result go through memory, so
 * that no guest needs to know more of the type than where it lies. Each guest has a string encoding of its own, and is sync or async.
 */
final class RandomProgram {
    /** With as many numbers behind the value there are more core values than a function may have, whatever the value. */
    static final int PADDING = 16;

    private static final List<String> PRIMITIVES = List.of(
            "bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string", "string");
    private static final List<String> ENCODINGS = List.of("utf8", "utf16", "latin1+utf16");

    private static final String GUEST = """
            (core module $M
              (memory (export "memory") 4)
              (global $next (mut i32) (i32.const 65536))
              (func (export "realloc") (param $old i32) (param $length i32) (param $alignment i32) (param $new i32) (result i32)
                (local $at i32)
                (local.set $at
                  (i32.and
                    (i32.add (global.get $next) (i32.sub (local.get $alignment) (i32.const 1)))
                    (i32.sub (i32.const 0) (local.get $alignment))))
                (global.set $next (i32.add (local.get $at) (local.get $new)))
                (block $fits
                  (br_if $fits (i32.le_u (global.get $next) (i32.mul (memory.size) (i32.const 65536))))
                  (br_if $fits (i32.ne (i32.const -1) (memory.grow (i32.const 16))))
                  (unreachable))
                (if (local.get $old) (then (memory.copy (local.get $at) (local.get $old)
                  (select (local.get $length) (local.get $new) (i32.lt_u (local.get $length) (local.get $new))))))
                (local.get $at))
              (func (export "reset") (param i32) (global.set $next (i32.const 65536)))
              (func (export "same") (param i32) (result i32) (local.get 0)))
            (core instance $m (instantiate $M))
            """;

    private static final String REALLOC = " (realloc (func $m \"realloc\"))";

    /** A guest that yields, and gives its result when it is called back. */
    private static final String LATER = """
            (core func $return (canon task.return %s %s))
            (core module $Callee
              (import "" "return" (func $return (param i32)))
              (import "" "reset" (func $reset (param i32)))
              (global $value (mut i32) (i32.const 0))
              (func (export "echo") (param i32) (result i32) (global.set $value (local.get 0)) (i32.const 1))
              (func (export "callback") (param i32 i32 i32) (result i32)
                (call $return (global.get $value))
                (call $reset (i32.const 0))
                (i32.const 0)))
            (core instance $callee (instantiate $Callee (with "" (instance
              (export "return" (func $return))
              (export "reset" (func $m "reset"))))))
            """;

    private static final String CALLBACK = "$callee \"echo\") async (callback (func $callee \"callback\"))";

    /** A guest that calls the other one, and returns when that has returned. */
    private static final String CALLING = """
            (core func $lowered (canon lower (func $echo) %s))
            (core module $Caller
              (import "" "echo" (func $echo (param i32 i32)))
              (func (export "echo") (param i32) (result i32)
                (call $echo (local.get 0) (i32.const 8))
                (i32.const 8)))
            (core instance $caller (instantiate $Caller (with "" (instance (export "echo" (func $lowered))))))
            """;

    /** A guest that begins a call of the other one, and waits for it in a waitable set. */
    private static final String WAITING = """
            (core func $lowered (canon lower (func $echo) async %s))
            (core func $return (canon task.return %s %s))
            (core func $new (canon waitable-set.new))
            (core func $join (canon waitable.join))
            (core func $wait (canon waitable-set.wait (memory $m "memory")))
            (core func $end (canon subtask.drop))
            (core func $drop (canon waitable-set.drop))
            (core module $Caller
              (import "" "memory" (memory 1))
              (import "" "echo" (func $echo (param i32 i32) (result i32)))
              (import "" "return" (func $return (param i32)))
              (import "" "reset" (func $reset (param i32)))
              (import "" "new" (func $new (result i32)))
              (import "" "join" (func $join (param i32 i32)))
              (import "" "wait" (func $wait (param i32 i32) (result i32)))
              (import "" "end" (func $end (param i32)))
              (import "" "drop" (func $drop (param i32)))
              (func (export "echo") (param $value i32) (local $subtask i32) (local $set i32)
                (local.set $subtask (call $echo (local.get $value) (i32.const 8)))
                (if (i32.ne (i32.and (local.get $subtask) (i32.const 15)) (i32.const 2))
                  (then
                    (local.set $subtask (i32.shr_u (local.get $subtask) (i32.const 4)))
                    (local.set $set (call $new))
                    (call $join (local.get $subtask) (local.get $set))
                    (loop $again
                      (drop (call $wait (local.get $set) (i32.const 0)))
                      (br_if $again (i32.ne (i32.load (i32.const 4)) (i32.const 2))))
                    (call $end (local.get $subtask))
                    (call $drop (local.get $set))))
                (call $return (i32.const 8))
                (call $reset (i32.const 0))))
            (core instance $caller (instantiate $Caller (with "" (instance
              (export "memory" (memory $m "memory"))
              (export "echo" (func $lowered))
              (export "return" (func $return))
              (export "reset" (func $m "reset"))
              (export "new" (func $new))
              (export "join" (func $join))
              (export "wait" (func $wait))
              (export "end" (func $end))
              (export "drop" (func $drop))))))
            """;

    private final Random random;
    /** What has a name: its definition, with the names before it. */
    private final List<String> named = new ArrayList<>();

    private RandomProgram(long seed) {
        this.random = new Random(seed);
    }

    /** The binary of the component for a seed. */
    static byte[] binary(long seed) {
        var program = new RandomProgram(seed);
        return Wat.parse("seed " + seed, program.text());
    }

    private String text() {
        String type = type(3);
        boolean innerAsync = random.nextBoolean();
        boolean outerAsync = random.nextBoolean();
        String result = "(result (tuple " + type + each(_ -> "u8") + "))";
        String function = (innerAsync || outerAsync ? "async " : "") + "(param \"value\" " + type + ")"
                + each(i -> "(param \"p" + i + "\" u8)") + " " + result;
        String innerReturn = "(memory $m \"memory\") string-encoding=" + encoding();
        String outerReturn = "(memory $m \"memory\") string-encoding=" + encoding();
        String inner = innerReturn + REALLOC;
        String outer = outerReturn + REALLOC;
        return """
                (component
                  (component $Inner
                    %s
                    %s%s
                    (type $f (func %s))
                    (func (export "echo") (type $f) %s))
                  (component $Outer
                    %s
                    (import "echo" (func $echo %s))
                    %s%s
                    (type $f (func %s))
                    (func (export "echo") (type $f) %s))
                  (instance $inner (instantiate $Inner))
                  (instance $outer (instantiate $Outer %s (with "echo" (func $inner "echo"))))
                  %s
                  (export "echo" (func $outer "echo") (func %s)))
                """.formatted(
                        definitions("(type $t%1$d' %2$s) (export $t%1$d \"t%1$d\" (type $t%1$d'))"),
                        GUEST,
                        innerAsync ? LATER.formatted(result, innerReturn) : "",
                        function,
                        lift(innerAsync ? CALLBACK : "$m \"same\")", innerAsync, inner),
                        definitions("(type $t%1$d' %2$s) (import \"t%1$d\" (type $t%1$d (eq $t%1$d')))"),
                        function,
                        GUEST,
                        outerAsync ? WAITING.formatted(outer, result, outerReturn) : CALLING.formatted(outer),
                        function,
                        lift(outerAsync ? "$caller \"echo\") async" : "$caller \"echo\")", outerAsync, outer),
                        definitions("(with \"t%1$d\" (type $inner \"t%1$d\"))"),
                        definitions(
                                "(type $t%1$d' %2$s) (export $t%1$d \"t%1$d\" (type $inner \"t%1$d\") (type (eq $t%1$d')))"),
                        function);
    }

    private static String lift(String core, boolean async, String options) {
        return "(canon lift (core func " + core + " " + options + (async ? "" : " (post-return (func $m \"reset\"))")
                + ")";
    }

    private String encoding() {
        return ENCODINGS.get(random.nextInt(ENCODINGS.size()));
    }

    private static String each(IntFunction<String> text) {
        return " " + IntStream.range(0, PADDING).mapToObj(text).collect(Collectors.joining(" "));
    }

    /** All that has a name, one line each; {@code form} gets its number and its definition. */
    private String definitions(String form) {
        var lines = new StringJoiner(System.lineSeparator());
        for (int i = 0; i < named.size(); i++) {
            lines.add(form.formatted(i, named.get(i)));
        }
        return lines.toString();
    }

    private String type(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 14)) {
            case 6, 7 -> "(list " + type(depth - 1) + ")";
            case 8 -> "(tuple " + several(1 + random.nextInt(5), _ -> type(depth - 1)) + ")";
            case 9 -> "(option " + type(depth - 1) + ")";
            case 10 -> "(result" + maybe(depth, " %s") + maybe(depth, " (error %s)") + ")";
            case 11 ->
                name("(record " + several(1 + random.nextInt(6), i -> "(field \"f" + i + "\" " + type(depth - 1) + ")")
                        + ")");
            case 12 ->
                name("(variant "
                        + several(1 + random.nextInt(6), i -> "(case \"c" + i + "\"" + maybe(depth, " %s") + ")")
                        + ")");
            case 13 ->
                random.nextBoolean()
                        ? name("(enum " + several(1 + random.nextInt(300), i -> "\"e" + i + "\"") + ")")
                        : name("(flags " + several(1 + random.nextInt(32), i -> "\"l" + i + "\"") + ")");
            default -> PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
        };
    }

    private String maybe(int depth, String form) {
        return random.nextInt(3) == 0 ? "" : form.formatted(type(depth - 1));
    }

    private static String several(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(" "));
    }

    private String name(String definition) {
        named.add(definition);
        return "$t" + (named.size() - 1);
    }
}
