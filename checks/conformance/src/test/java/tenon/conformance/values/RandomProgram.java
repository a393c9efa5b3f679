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
 * that no guest needs to know more of the type than where it lies. Each guest has a string encoding of its own.
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
        String parameters = "(param \"value\" " + type + ")" + each(" ", i -> "(param \"p" + i + "\" u8)");
        String function = "(func " + parameters + " (result (tuple " + type + each(" ", _ -> "u8") + ")))";
        String inner = encoding();
        String outer = encoding();
        return """
                (component
                  (component $Inner
                    %s%s
                    (type $f %s)
                    (func (export "echo") (type $f)
                      (canon lift (core func $m "same") (memory $m "memory") (realloc (func $m "realloc"))
                        (post-return (func $m "reset")) string-encoding=%s)))
                  (component $Outer
                    %s
                    (import "echo" (func $echo %s)
                    %s
                    (core func $lowered
                      (canon lower (func $echo) (memory $m "memory") (realloc (func $m "realloc")) string-encoding=%s))
                    (core module $Caller
                      (import "" "echo" (func $echo (param i32 i32)))
                      (func (export "echo") (param i32) (result i32)
                        (call $echo (local.get 0) (i32.const 8))
                        (i32.const 8)))
                    (core instance $caller
                      (instantiate $Caller (with "" (instance (export "echo" (func $lowered))))))
                    (type $f %s)
                    (func (export "echo") (type $f)
                      (canon lift (core func $caller "echo") (memory $m "memory") (realloc (func $m "realloc"))
                        (post-return (func $m "reset")) string-encoding=%s)))
                  (instance $inner (instantiate $Inner))
                  (instance $outer (instantiate $Outer %s(with "echo" (func $inner "echo"))))
                  %s
                  (export "echo" (func $outer "echo")))
                """.formatted(
                        definitions("(type $t%1$d' %2$s) (export $t%1$d \"t%1$d\" (type $t%1$d'))"),
                        GUEST,
                        function,
                        inner,
                        definitions("(type $t%1$d' %2$s) (import \"t%1$d\" (type $t%1$d (eq $t%1$d')))"),
                        function.substring("(func ".length()),
                        GUEST,
                        outer,
                        function,
                        outer,
                        definitions("(with \"t%1$d\" (type $inner \"t%1$d\")) "),
                        definitions("(export \"t%1$d\" (type $inner \"t%1$d\"))"));
    }

    private String encoding() {
        return ENCODINGS.get(random.nextInt(ENCODINGS.size()));
    }

    private static String each(String separator, IntFunction<String> text) {
        return separator + IntStream.range(0, PADDING).mapToObj(text).collect(Collectors.joining(" "));
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
