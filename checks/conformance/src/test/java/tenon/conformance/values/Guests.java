package tenon.conformance.values;

import tenon.types.component.PointerType;

/** Core modules and canonical definitions of the guests that random programs are made of, as text with holes. In some, {@code ptr} is the type of pointers. */
final class Guests {
    private Guests() {}

    /** A memory of its own, and what moves along in it. */
    static final String MEMORY = """
            (core module $M
              (memory (export "memory") ptr 4)
              (global $next (mut ptr) (ptr.const 65536))
              (func (export "realloc") (param $old ptr) (param $length ptr) (param $alignment ptr) (param $new ptr) (result ptr)
                (local $at ptr)
                (local.set $at
                  (ptr.and
                    (ptr.add (global.get $next) (ptr.sub (local.get $alignment) (ptr.const 1)))
                    (ptr.sub (ptr.const 0) (local.get $alignment))))
                (global.set $next (ptr.add (local.get $at) (local.get $new)))
                (block $fits
                  (br_if $fits (ptr.le_u (global.get $next) (ptr.mul (memory.size) (ptr.const 65536))))
                  (br_if $fits (ptr.ne (ptr.const -1) (memory.grow (ptr.const 16))))
                  (unreachable))
                (if (ptr.ne (local.get $old) (ptr.const 0)) (then (memory.copy (local.get $at) (local.get $old)
                  (select (local.get $length) (local.get $new) (ptr.lt_u (local.get $length) (local.get $new))))))
                (local.get $at))
              (func (export "reset") (param ptr) (global.set $next (ptr.const 65536)))
              (func (export "same") (param ptr) (result ptr) (local.get 0))
              (func (export "nothing") (param ptr ptr))
              (func (export "same-handle") (param i32) (result i32) (local.get 0)))
            (core instance $m (instantiate $M))
            """;

    /** Where results are written that a guest calls for: behind the eight bytes of an event. */
    static final int RESULT = 8;

    /** Where elements of streams and futures lie. */
    static final int BUFFER = 1024;

    /**
     * A resource type of a guest, {@code $R} with the name in place of R, whose destructor counts and suffers no second time: its
     * exports make one of a number below 65536, tell the number, and tell how many have been dropped.
     */
    static final String RESOURCE = """
            (core module $Counting-R
              (memory 1)
              (global $count (mut i32) (i32.const 0))
              (func (export "drop") (param $number i32)
                (if (i32.load8_u (local.get $number)) (then (unreachable)))
                (i32.store8 (local.get $number) (i32.const 1))
                (global.set $count (i32.add (global.get $count) (i32.const 1))))
              (func (export "count") (result i32) (global.get $count))
              (func (export "same") (param i32) (result i32) (local.get 0)))
            (core instance $counting-R (instantiate $Counting-R))
            (type $R' (resource (rep i32) (dtor (func $counting-R "drop"))))
            (export $R "R" (type $R'))
            (core func $new-R (canon resource.new $R'))
            (core module $Making-R
              (import "" "new" (func $new (param i32) (result i32)))
              (func (export "make") (param i32) (result i32) (call $new (local.get 0))))
            (core instance $making-R (instantiate $Making-R (with "" (instance (export "new" (func $new-R))))))
            (func (export "make-R") (param "number" u32) (result (own $R))
              (canon lift (core func $making-R "make")))
            (func (export "number-R") (param "of" (borrow $R)) (result u32)
              (canon lift (core func $counting-R "same")))
            (func (export "dropped-R") (result u32)
              (canon lift (core func $counting-R "count")))
            """;

    /** A guest that yields, and gives its result when it is called back. */
    static final String LATER = """
            (core func $return (canon task.return %s %s))
            (core module $Callee
              (import "" "return" (func $return (param ptr)))
              (import "" "reset" (func $reset (param ptr)))
              (import "" "body" (func $body (param ptr) (result ptr)))
              (global $value (mut ptr) (ptr.const 0))
              (func (export "echo") (param ptr) (result i32) (global.set $value (local.get 0)) (i32.const 1))
              (func (export "callback") (param i32 i32 i32) (result i32)
                (call $return (call $body (global.get $value)))
                (call $reset (ptr.const 0))
                (i32.const 0)))
            (core instance $callee (instantiate $Callee (with "" (instance
              (export "return" (func $return))
              (export "body" (func $body))
              (export "reset" (func $m "reset"))))))
            """;

    static final String CALLBACK = "$callee \"echo\") async (callback (func $callee \"callback\"))";

    /** A guest that calls the other one, and returns when that has returned. */
    static final String CALLING = """
            (core func $lowered (canon lower (func $echo) %s))
            (core module $Caller
              (import "" "echo" (func $echo (param ptr ptr)))
              (import "" "after" (func $after (param ptr ptr)))
              (func (export "echo") (param ptr) (result ptr)
                (call $echo (local.get 0) (ptr.const 8))
                (call $after (local.get 0) (ptr.const 8))
                (ptr.const 8)))
            (core instance $caller (instantiate $Caller (with "" (instance
              (export "echo" (func $lowered))
              (export "after" (func $after))))))
            """;

    /** A guest that begins a call of the other one, and waits for it in a waitable set. */
    static final String WAITING = """
            (core func $lowered (canon lower (func $echo) async %s))
            (core func $return (canon task.return %s %s))
            (core func $new (canon waitable-set.new))
            (core func $join (canon waitable.join))
            (core func $wait (canon waitable-set.wait (memory $m "memory")))
            (core func $end (canon subtask.drop))
            (core func $drop (canon waitable-set.drop))
            (core module $Caller
              (import "" "memory" (memory ptr 1))
              (import "" "echo" (func $echo (param ptr ptr) (result i32)))
              (import "" "after" (func $after (param ptr ptr)))
              (import "" "return" (func $return (param ptr)))
              (import "" "reset" (func $reset (param ptr)))
              (import "" "new" (func $new (result i32)))
              (import "" "join" (func $join (param i32 i32)))
              (import "" "wait" (func $wait (param i32 ptr) (result i32)))
              (import "" "end" (func $end (param i32)))
              (import "" "drop" (func $drop (param i32)))
              (func (export "echo") (param $value ptr) (local $subtask i32) (local $set i32)
                (local.set $subtask (call $echo (local.get $value) (ptr.const 8)))
                (if (i32.ne (i32.and (local.get $subtask) (i32.const 15)) (i32.const 2))
                  (then
                    (local.set $subtask (i32.shr_u (local.get $subtask) (i32.const 4)))
                    (local.set $set (call $new))
                    (call $join (local.get $subtask) (local.get $set))
                    (loop $again
                      (drop (call $wait (local.get $set) (ptr.const 0)))
                      (br_if $again (i32.ne (i32.load (ptr.const 4)) (i32.const 2))))
                    (call $end (local.get $subtask))
                    (call $drop (local.get $set))))
                (call $after (local.get $value) (ptr.const 8))
                (call $return (ptr.const 8))
                (call $reset (ptr.const 0))))
            (core instance $caller (instantiate $Caller (with "" (instance
              (export "memory" (memory $m "memory"))
              (export "echo" (func $lowered))
              (export "after" (func $after))
              (export "return" (func $return))
              (export "reset" (func $m "reset"))
              (export "new" (func $new))
              (export "join" (func $join))
              (export "wait" (func $wait))
              (export "end" (func $end))
              (export "drop" (func $drop))))))
            """;

    /**
     * What a guest that pumps needs of ends of streams or futures, in {@code $S}: with ASYNC it waits, or cancels and tries again; without
     * it blocks.
     */
    static final String ENDS = """
            (core func $new (canon WHAT.new $S))
            (core func $read (canon WHAT.read $S ASYNC (memory $m "memory") string-encoding=ENCODING (realloc (func $m "realloc"))))
            (core func $write (canon WHAT.write $S ASYNC (memory $m "memory") string-encoding=ENCODING))
            (core func $cancel-read (canon WHAT.cancel-read $S))
            (core func $cancel-write (canon WHAT.cancel-write $S))
            (core func $drop-readable (canon WHAT.drop-readable $S))
            (core func $drop-writable (canon WHAT.drop-writable $S))
            (core func $return (canon task.return (result $S) string-encoding=ENCODING))
            (core func $set (canon waitable-set.new))
            (core func $join (canon waitable.join))
            (core func $wait (canon waitable-set.wait (memory $m "memory")))
            (core func $drop-set (canon waitable-set.drop))
            """;

    private static final String PUMP_IMPORTS = """
            (core module $Pump
              (import "" "memory" (memory ptr 1))
              (import "" "reset" (func $reset (param ptr)))
              (import "" "before" (func $before (param i32) (result i32)))
              (import "" "new" (func $new (result i64)))
              (import "" "read" (func $guests-read (param READ) (result COPIED)))
              (import "" "write" (func $guests-write (param READ) (result COPIED)))
              (import "" "cancel-read" (func $cancel-read (param i32) (result i32)))
              (import "" "cancel-write" (func $cancel-write (param i32) (result i32)))
              (import "" "drop-readable" (func $drop-readable (param i32)))
              (import "" "drop-writable" (func $drop-writable (param i32)))
              (import "" "return" (func $return (param i32)))
              (import "" "set" (func $set (result i32)))
              (import "" "join" (func $join (param i32 i32)))
              (import "" "wait" (func $wait (param i32 ptr) (result i32)))
              (import "" "drop-set" (func $drop-set (param i32)))
              (global $random (mut i32) (i32.const SEED))
              COPYING
              (func $below (param $limit i32) (result i32)
                (global.set $random
                  (i32.add (i32.mul (global.get $random) (i32.const 1664525)) (i32.const 1013904223)))
                (i32.rem_u (i32.shr_u (global.get $random) (i32.const 8)) (local.get $limit)))
              (func $await (param $end i32) (param $status i32) (param $reading i32) (result i32)
                (local $set i32)
                (if (i32.ne (local.get $status) (i32.const -1)) (then (return (local.get $status))))
                (if (i32.eqz (call $below (i32.const 4)))
                  (then
                    (if (local.get $reading) (then (return (call $cancel-read (local.get $end)))))
                    (return (call $cancel-write (local.get $end)))))
                (local.set $set (call $set))
                (call $join (local.get $end) (local.get $set))
                (drop (call $wait (local.get $set) (ptr.const 0)))
                (call $join (local.get $end) (i32.const 0))
                (call $drop-set (local.get $set))
                (i32.load (ptr.const 4)))
            """;

    /** Reads up to MOST elements at a time and writes them on in parts, of none at times, until one of its neighbours has gone. */
    static final String STREAM_PUMP =
            PUMP_IMPORTS.replace("READ", "i32 ptr ptr").replace("COPIED", "ptr") + """
              (func (export "pump") (param $in i32)
                (local $ends i64) (local $out i32) (local $got i32) (local $count i32) (local $done i32) (local $put i32)
                (local.set $in (call $before (local.get $in)))
                (local.set $ends (call $new))
                (local.set $out (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
                (call $return (i32.wrap_i64 (local.get $ends)))
                (block $gone (loop $more
                  (call $reset (ptr.const 0))
                  (local.set $got (call $await (local.get $in)
                    (call $read (local.get $in) (i32.const BUFFER) (call $below (i32.add (i32.const 1) (i32.const MOST))))
                    (i32.const 1)))
                  (local.set $count (i32.shr_u (local.get $got) (i32.const 4)))
                  (local.set $done (i32.const 0))
                  (block $written (loop $write
                    (br_if $written (i32.ge_u (local.get $done) (local.get $count)))
                    (local.set $put (call $await (local.get $out)
                      (call $write (local.get $out)
                        (i32.add (i32.const BUFFER) (i32.mul (local.get $done) (i32.const SIZE)))
                        (call $below (i32.sub (i32.add (local.get $count) (i32.const 1)) (local.get $done))))
                      (i32.const 0)))
                    (local.set $done (i32.add (local.get $done) (i32.shr_u (local.get $put) (i32.const 4))))
                    (br_if $gone (i32.eq (i32.and (local.get $put) (i32.const 15)) (i32.const 1)))
                    (br $write)))
                  (br_if $more (i32.ne (i32.and (local.get $got) (i32.const 15)) (i32.const 1)))))
                (call $drop-writable (local.get $out))
                (call $drop-readable (local.get $in))))
            """;

    /** Reads the one element and writes it on. */
    static final String FUTURE_PUMP = PUMP_IMPORTS.replace("READ", "i32 ptr").replace("COPIED", "i32") + """
              (func (export "pump") (param $in i32)
                (local $ends i64) (local $out i32)
                (local.set $in (call $before (local.get $in)))
                (local.set $ends (call $new))
                (local.set $out (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
                (call $return (i32.wrap_i64 (local.get $ends)))
                (call $reset (ptr.const 0))
                (loop $cancelled
                  (br_if $cancelled (i32.eq (i32.const 2) (call $await (local.get $in)
                    (call $read (local.get $in) (i32.const BUFFER)) (i32.const 1)))))
                (loop $cancelled
                  (br_if $cancelled (i32.eq (i32.const 2) (call $await (local.get $out)
                    (call $write (local.get $out) (i32.const BUFFER)) (i32.const 0)))))
                (call $drop-writable (local.get $out))
                (call $drop-readable (local.get $in))))
            """;

    /** A text in which {@code ptr} is the type of pointers, with that of a guest. */
    static String of(String text, PointerType pointer) {
        return text.replace("ptr", pointer == PointerType.I32 ? "i32" : "i64");
    }

    /** The functions of a pump by which it reads and writes, with numbers of 32 bits whatever its pointers. */
    static String copying(boolean stream, PointerType pointer) {
        boolean wide = pointer == PointerType.I64;
        String number = wide ? " (i64.extend_i32_u (local.get %d))" : " (local.get %d)";
        String arguments = " (local.get 0)" + number.formatted(1) + (stream ? number.formatted(2) : "");
        String form = "(func $%1$s (param " + (stream ? "i32 i32 i32" : "i32 i32") + ") (result i32) "
                + (wide && stream
                        ? "(i32.wrap_i64 (call $guests-%1$s" + arguments + "))"
                        : "(call $guests-%1$s" + arguments + ")")
                + ")";
        return form.formatted("read") + form.formatted("write");
    }

    static final String PUMP_INSTANCE = """
            (core instance $pump (instantiate $Pump (with "" (instance
              (export "memory" (memory $m "memory"))
              (export "reset" (func $m "reset"))
              (export "before" (func $before))
              (export "new" (func $new))
              (export "read" (func $read))
              (export "write" (func $write))
              (export "cancel-read" (func $cancel-read))
              (export "cancel-write" (func $cancel-write))
              (export "drop-readable" (func $drop-readable))
              (export "drop-writable" (func $drop-writable))
              (export "return" (func $return))
              (export "set" (func $set))
              (export "join" (func $join))
              (export "wait" (func $wait))
              (export "drop-set" (func $drop-set))))))
            """;
}
