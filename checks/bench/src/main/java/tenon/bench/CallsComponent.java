package tenon.bench;

import tenon.text.Wat;

/**
 * A component that holds two others: the first exports functions that take values of each kind, the second imports them and calls
 * each in a loop: {@code run-add}, {@code run-len}, {@code run-records} and {@code run-variants}, of type {@code (u32) → u32}.
 */
final class CallsComponent {
    /** What both components say of the types; each exports them, or imports them, in its own way. */
    private static final String TYPES = """
            (type $item' (record (field "id" u32) (field "name" string) (field "price" f64)))
            (type $outcome' (result u64 (error string)))
            (type $shape' (variant (case "none") (case "count" u64) (case "perhaps" (option $outcome'))))
            """;

    private static final String CALLEE = """
            (component $Callee
              %s
              (export $item "item" (type $item'))
              (export $shape "shape" (type $shape'))
              (core module $M
                (memory (export "memory") 1)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                  (select (i32.const 1024) (i32.const 4096) (i32.eq (local.get 2) (i32.const 1))))
                (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
                (func (export "len") (param i32 i32) (result i32) (local.get 1)))
              (core instance $m (instantiate $M))
              (alias core export $m "memory" (core memory $memory))
              (alias core export $m "realloc" (core func $realloc))
              (func (export "add") (param "a" u32) (param "b" u32) (result u32)
                (canon lift (core func $m "add")))
              (func (export "len") (param "s" string) (result u32)
                (canon lift (core func $m "len") (memory $memory) (realloc $realloc)))
              (func (export "records") (param "items" (list $item)) (result u32)
                (canon lift (core func $m "len") (memory $memory) (realloc $realloc)))
              (func (export "variants") (param "shapes" (list $shape)) (result u32)
                (canon lift (core func $m "len") (memory $memory) (realloc $realloc))))
            """;

    /** Ten records of 24 bytes at 128, each with a name of 100 bytes; nine shapes of 32 bytes at 512, of all kinds. */
    private static final String DATA = """
            (data (i32.const 0) "%s")
            (func $start (local $at i32) (local $i i32)
              (local.set $at (i32.const 128))
              (loop $next
                (i32.store (local.get $at) (local.get $i))
                (i32.store offset=8 (local.get $at) (i32.const 100))
                (f64.store offset=16 (local.get $at) (f64.convert_i32_u (local.get $i)))
                (local.set $at (i32.add (local.get $at) (i32.const 24)))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $next (i32.lt_u (local.get $i) (i32.const 10))))
              (local.set $at (i32.const 512))
              (local.set $i (i32.const 0))
              (loop $next
                (i32.store8 (local.get $at) (i32.rem_u (local.get $i) (i32.const 3)))
                (i32.store8 offset=8 (local.get $at) (i32.const 1))
                (i32.store8 offset=16 (local.get $at) (i32.and (local.get $i) (i32.const 1)))
                (i32.store offset=28 (local.get $at) (i32.const 20))
                (local.set $at (i32.add (local.get $at) (i32.const 32)))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $next (i32.lt_u (local.get $i) (i32.const 9)))))
            (start $start)
            """;

    private static final String CALLER = """
            (component $Caller
              %s
              (import "item" (type $item (eq $item')))
              (import "shape" (type $shape (eq $shape')))
              (import "add" (func $add (param "a" u32) (param "b" u32) (result u32)))
              (import "len" (func $len (param "s" string) (result u32)))
              (import "records" (func $records (param "items" (list $item)) (result u32)))
              (import "variants" (func $variants (param "shapes" (list $shape)) (result u32)))
              (core module $Memory (memory (export "memory") 1) %s)
              (core instance $memory (instantiate $Memory))
              (core module $M
                (import "env" "add" (func $add (param i32 i32) (result i32)))
                (import "env" "len" (func $len (param i32 i32) (result i32)))
                (import "env" "records" (func $records (param i32 i32) (result i32)))
                (import "env" "variants" (func $variants (param i32 i32) (result i32)))
                %s)
              (core func $add' (canon lower (func $add)))
              (core func $len' (canon lower (func $len) (memory $memory "memory")))
              (core func $records' (canon lower (func $records) (memory $memory "memory")))
              (core func $variants' (canon lower (func $variants) (memory $memory "memory")))
              (core instance $m (instantiate $M (with "env" (instance
                (export "add" (func $add'))
                (export "len" (func $len'))
                (export "records" (func $records'))
                (export "variants" (func $variants'))))))
              (func (export "run-add") (param "n" u32) (result u32) (canon lift (core func $m "run-add")))
              (func (export "run-len") (param "n" u32) (result u32) (canon lift (core func $m "run-len")))
              (func (export "run-records") (param "n" u32) (result u32) (canon lift (core func $m "run-records")))
              (func (export "run-variants") (param "n" u32) (result u32) (canon lift (core func $m "run-variants"))))
            """;

    private static final String LOOP = """
            (func (export "%s") (param $n i32) (result i32) (local $sum i32)
              (block $end (loop $next
                (br_if $end (i32.eqz (local.get $n)))
                (local.set $sum %s)
                (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                (br $next)))
              (local.get $sum))
            """;

    private static final String WHOLE = """
            (component
              %s
              %s
              (instance $callee (instantiate $Callee))
              (instance $caller (instantiate $Caller
                (with "item" (type $callee "item"))
                (with "shape" (type $callee "shape"))
                (with "add" (func $callee "add"))
                (with "len" (func $callee "len"))
                (with "records" (func $callee "records"))
                (with "variants" (func $callee "variants"))))
              (export "run-add" (func $caller "run-add"))
              (export "run-len" (func $caller "run-len"))
              (export "run-records" (func $caller "run-records"))
              (export "run-variants" (func $caller "run-variants")))
            """;

    private static final String PLAIN_CALLEE = """
            (component
              (core module $M
                (memory (export "memory") 1)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
                (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
                (func (export "len") (param i32 i32) (result i32) (local.get 1)))
              (core instance $m (instantiate $M))
              (func (export "add") (param "a" u32) (param "b" u32) (result u32)
                (canon lift (core func $m "add")))
              (func (export "len") (param "s" string) (result u32)
                (canon lift (core func $m "len") (memory $m "memory") (realloc (func $m "realloc")))))
            """;

    private static final String PLAIN_CALLER = """
            (component
              (import "add" (func $add (param "a" u32) (param "b" u32) (result u32)))
              (import "len" (func $len (param "s" string) (result u32)))
              (core module $Memory (memory (export "memory") 1) (data (i32.const 0) "%s"))
              (core instance $memory (instantiate $Memory))
              (core module $M
                (import "env" "add" (func $add (param i32 i32) (result i32)))
                (import "env" "len" (func $len (param i32 i32) (result i32)))
                %s)
              (core func $add' (canon lower (func $add)))
              (core func $len' (canon lower (func $len) (memory $memory "memory")))
              (core instance $m (instantiate $M (with "env" (instance
                (export "add" (func $add'))
                (export "len" (func $len'))))))
              (func (export "run-add") (param "n" u32) (result u32) (canon lift (core func $m "run-add")))
              (func (export "run-len") (param "n" u32) (result u32) (canon lift (core func $m "run-len"))))
            """;

    private static final String NUMBERS_AND_STRINGS =
            LOOP.formatted("run-add", "(call $add (local.get $sum) (local.get $n))")
                    + LOOP.formatted("run-len", sum("$len", 0, 100));

    private CallsComponent() {}

    /** A callee of its own, with {@code add} and {@code len} only. */
    static byte[] callee() {
        return Wat.parse("callee", PLAIN_CALLEE);
    }

    /** What calls it. */
    static byte[] caller() {
        return Wat.parse("caller", PLAIN_CALLER.formatted("x".repeat(100), NUMBERS_AND_STRINGS));
    }

    /** Both in one component. */
    static byte[] binary() {
        String loops = NUMBERS_AND_STRINGS
                + LOOP.formatted("run-records", sum("$records", 128, 10))
                + LOOP.formatted("run-variants", sum("$variants", 512, 9));
        String caller = CALLER.formatted(TYPES, DATA.formatted("x".repeat(100)), loops);
        return Wat.parse("calls", WHOLE.formatted(CALLEE.formatted(TYPES), caller));
    }

    private static String sum(String function, int address, int length) {
        return "(i32.add (local.get $sum) (call %s (i32.const %d) (i32.const %d)))"
                .formatted(function, address, length);
    }
}
