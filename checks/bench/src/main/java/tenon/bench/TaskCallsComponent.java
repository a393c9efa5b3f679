package tenon.bench;

import tenon.text.Wat;

/**
 * A component that holds three others: one whose functions are tasks with callbacks, which return at once; one with the same functions
 * whose instance can block in the midst of its code, but does not; and a caller, with a loop around each.
 */
final class TaskCallsComponent {
    /** With {@code $BLOCKS} a built-in that blocks, so that its threads have stacks. */
    private static final String CALLEE = """
            (component $NAME
              (core module $Memory
                (memory (export "memory") 1)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
              (core instance $memory (instantiate $Memory))
              (core func $return (canon task.return (result u32)))
              BLOCKS
              (core module $M
                (import "" "return" (func $return (param i32)))
                (func (export "add") (param i32 i32) (result i32)
                  (call $return (i32.add (local.get 0) (local.get 1)))
                  (i32.const 0))
                (func (export "len") (param i32 i32) (result i32)
                  (call $return (local.get 1))
                  (i32.const 0))
                (func (export "stackful") (param i32 i32) (call $return (i32.add (local.get 0) (local.get 1))))
                (func (export "callback") (param i32 i32 i32) (result i32) (unreachable))
                (func (export "plain") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
              (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
              (func (export "add") async (param "a" u32) (param "b" u32) (result u32)
                (canon lift (core func $m "add") async (callback (core func $m "callback"))))
              (func (export "len") async (param "s" string) (result u32)
                (canon lift (core func $m "len") async (callback (core func $m "callback"))
                  (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))
              (func (export "stackful") async (param "a" u32) (param "b" u32) (result u32)
                (canon lift (core func $m "stackful") async))
              (func (export "plain") (param "a" u32) (param "b" u32) (result u32)
                (canon lift (core func $m "plain"))))
            """;

    private static final String BLOCKS =
            "(core func $wait (canon waitable-set.wait (memory (core memory $memory \"memory\"))))";

    private static final String CALLER = """
            (component $Caller
              (import "add" (func $add async (param "a" u32) (param "b" u32) (result u32)))
              (import "len" (func $len async (param "s" string) (result u32)))
              (import "stackful" (func $stackful async (param "a" u32) (param "b" u32) (result u32)))
              (import "plain" (func $plain (param "a" u32) (param "b" u32) (result u32)))
              (import "blocking-add" (func $blocking-add async (param "a" u32) (param "b" u32) (result u32)))
              (import "blocking-plain" (func $blocking-plain (param "a" u32) (param "b" u32) (result u32)))
              (core module $Memory (memory (export "memory") 1))
              (core instance $memory (instantiate $Memory))
              (core func $add' (canon lower (func $add) async (memory $memory "memory")))
              (core func $len' (canon lower (func $len) async (memory $memory "memory")))
              (core func $stackful' (canon lower (func $stackful) async (memory $memory "memory")))
              (core func $plain' (canon lower (func $plain)))
              (core func $blocking-add' (canon lower (func $blocking-add) async (memory $memory "memory")))
              (core func $blocking-plain' (canon lower (func $blocking-plain)))
              (core module $M
                (import "" "memory" (memory 1))
                (import "" "add" (func $add (param i32 i32 i32) (result i32)))
                (import "" "len" (func $len (param i32 i32 i32) (result i32)))
                (import "" "stackful" (func $stackful (param i32 i32 i32) (result i32)))
                (import "" "plain" (func $plain (param i32 i32) (result i32)))
                (import "" "blocking-add" (func $blocking-add (param i32 i32 i32) (result i32)))
                (import "" "blocking-plain" (func $blocking-plain (param i32 i32) (result i32)))
                (func $check (param i32) (if (i32.ne (local.get 0) (i32.const 2)) (then (unreachable))))
                LOOPS)
              (core instance $m (instantiate $M (with "" (instance
                (export "memory" (memory $memory "memory"))
                (export "add" (func $add')) (export "len" (func $len')) (export "stackful" (func $stackful'))
                (export "plain" (func $plain')) (export "blocking-add" (func $blocking-add'))
                (export "blocking-plain" (func $blocking-plain'))))))
              EXPORTS)
            """;

    private static final String WHOLE = """
            (component
              %s
              %s
              %s
              (instance $callee (instantiate $Callee))
              (instance $blocking (instantiate $Blocking))
              (instance $caller (instantiate $Caller
                (with "add" (func $callee "add"))
                (with "len" (func $callee "len"))
                (with "stackful" (func $callee "stackful"))
                (with "plain" (func $callee "plain"))
                (with "blocking-add" (func $blocking "add"))
                (with "blocking-plain" (func $blocking "plain"))))
              %s)
            """;

    private TaskCallsComponent() {}

    private static String loop(String name, String call) {
        return """
            (func (export "run-%s") (param $n i32) (result i32) (local $sum i32)
              (block $end (loop $next
                (br_if $end (i32.eqz (local.get $n)))
                %s
                (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                (br $next)))
              (local.get $sum))
            """.formatted(name, call);
    }

    private static String async(String name, String first, String second) {
        return loop(name, """
                (call $check (call $%s %s %s (i32.const 16)))
                (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 16))))
                """.formatted(name, first, second));
    }

    private static String numbers(String name) {
        return async(name, "(local.get $sum)", "(local.get $n)");
    }

    private static String plain(String name) {
        return loop(name, "(local.set $sum (call $%s (local.get $sum) (local.get $n)))".formatted(name));
    }

    /** All of it; exports {@code run-add} and so on, of type {@code (u32) → u32}. */
    static byte[] binary() {
        String[] names = {"add", "len", "stackful", "plain", "blocking-add", "blocking-plain"};
        var inner = new StringBuilder();
        var outer = new StringBuilder();
        for (String name : names) {
            inner.append(
                    "(func (export \"run-%1$s\") (param \"n\" u32) (result u32) (canon lift (core func $m \"run-%1$s\")))"
                            .formatted(name));
            outer.append("(export \"run-%1$s\" (func $caller \"run-%1$s\"))".formatted(name));
        }
        String loops = numbers("add")
                + async("len", "(i32.const 32)", "(i32.const 100)")
                + numbers("stackful")
                + plain("plain")
                + numbers("blocking-add")
                + plain("blocking-plain");
        return Wat.parse(
                "tasks",
                WHOLE.formatted(
                        CALLEE.replace("$NAME", "$Callee").replace("BLOCKS", ""),
                        CALLEE.replace("$NAME", "$Blocking").replace("BLOCKS", BLOCKS),
                        CALLER.replace("LOOPS", loops).replace("EXPORTS", inner),
                        outer));
    }
}
