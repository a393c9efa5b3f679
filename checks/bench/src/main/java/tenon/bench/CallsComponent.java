package tenon.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tenon.text.Wat;

/**
 * A component that holds two others: the first exports {@code add} and {@code len}, the second imports them and calls them in
 * loops, {@code run-add} and {@code run-len}. Written byte by byte, with no parser in between.
 */
final class CallsComponent {
    private static final int U32 = 0x79;
    private static final int STRING = 0x73;
    private static final byte[] PREAMBLE = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};

    private static final String CALLEE = """
            (module
              (memory (export "memory") 1)
              (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
              (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
              (func (export "len") (param i32 i32) (result i32) (local.get 1)))
            """;

    private static final String MEMORY =
            "(module (memory (export \"memory\") 1) (data (i32.const 0) \"" + "x".repeat(100) + "\"))";

    private static final String CALLER = """
            (module
              (import "env" "memory" (memory 1))
              (import "env" "add" (func $add (param i32 i32) (result i32)))
              (import "env" "len" (func $len (param i32 i32) (result i32)))
              (func (export "run-add") (param $n i32) (result i32) (local $sum i32)
                (block $end (loop $next
                  (br_if $end (i32.eqz (local.get $n)))
                  (local.set $sum (call $add (local.get $sum) (local.get $n)))
                  (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                  (br $next)))
                (local.get $sum))
              (func (export "run-len") (param $n i32) (result i32) (local $sum i32)
                (block $end (loop $next
                  (br_if $end (i32.eqz (local.get $n)))
                  (local.set $sum (i32.add (local.get $sum) (call $len (i32.const 0) (i32.const 100))))
                  (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                  (br $next)))
                (local.get $sum)))
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CallsComponent() {
        out.writeBytes(PREAMBLE);
    }

    /** The binary. */
    static byte[] binary() {
        var outer = new CallsComponent();
        outer.section(4, callee());
        outer.section(4, caller());
        outer.section(5, bytes(1, 0x00, 0, 0));
        outer.section(6, bytes(2, exportOf(0, "add"), exportOf(0, "len")));
        Object arguments = bytes(2, name("add"), 1, 0, name("len"), 1, 1);
        outer.section(5, bytes(1, 0x00, 1, arguments));
        outer.section(6, bytes(2, exportOf(1, "run-add"), exportOf(1, "run-len")));
        outer.section(11, bytes(2, export("run-add", 2), export("run-len", 3)));
        return outer.out.toByteArray();
    }

    /** The first of the two by itself. */
    static byte[] callee() {
        var component = new CallsComponent();
        component.section(1, Wat.parse("callee", CALLEE));
        component.section(2, bytes(1, 0x00, 0, 0));
        component.section(6, bytes(4, core(0, "add"), core(0, "len"), core(0, "realloc"), memory(0)));
        component.section(7, types());
        component.section(8, bytes(2, 0x00, 0x00, 0, 0, 0, 0x00, 0x00, 1, 3, 0x00, 0x03, 0, 0x04, 2, 1));
        component.section(11, bytes(2, export("add", 0), export("len", 1)));
        return component.out.toByteArray();
    }

    /** The second of the two by itself. */
    static byte[] caller() {
        var component = new CallsComponent();
        component.section(7, types());
        component.section(10, bytes(2, 0, name("add"), 0x01, 0, 0, name("len"), 0x01, 1));
        component.section(1, Wat.parse("memory", MEMORY));
        component.section(1, Wat.parse("caller", CALLER));
        component.section(2, bytes(1, 0x00, 0, 0));
        component.section(6, bytes(1, memory(0)));
        component.section(8, bytes(2, 0x01, 0x00, 0, 0, 0x01, 0x00, 1, 2, 0x00, 0x03, 0));
        Object exports = bytes(3, name("memory"), 0x02, 0, name("add"), 0x00, 0, name("len"), 0x00, 1);
        component.section(2, bytes(2, 0x01, exports, 0x00, 1, 1, name("env"), 0x12, 1));
        component.section(6, bytes(2, core(2, "run-add"), core(2, "run-len")));
        component.section(7, bytes(1, 0x40, 1, name("n"), U32, 0x00, U32));
        component.section(8, bytes(2, 0x00, 0x00, 2, 0, 2, 0x00, 0x00, 3, 0, 2));
        component.section(11, bytes(2, export("run-add", 2), export("run-len", 3)));
        return component.out.toByteArray();
    }

    /** {@code (u32, u32) → u32} and {@code (string) → u32}. */
    private static byte[] types() {
        return bytes(2, 0x40, 2, name("a"), U32, name("b"), U32, 0x00, U32, 0x40, 1, name("s"), STRING, 0x00, U32);
    }

    /** An alias of a core function. */
    private static byte[] core(int instance, String name) {
        return bytes(0x00, 0x00, 0x01, instance, name(name));
    }

    private static byte[] memory(int instance) {
        return bytes(0x00, 0x02, 0x01, instance, name("memory"));
    }

    /** An alias of a component instance's function. */
    private static byte[] exportOf(int instance, String name) {
        return bytes(0x01, 0x00, instance, name(name));
    }

    private static byte[] export(String name, int function) {
        return bytes(0, name(name), 0x01, function, 0);
    }

    private static byte[] name(String name) {
        return bytes(name.length(), name.getBytes(StandardCharsets.UTF_8));
    }

    /** Single bytes and runs of bytes in a row. */
    private static byte[] bytes(Object... parts) {
        var out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof byte[] run) {
                out.writeBytes(run);
            } else {
                out.write((Integer) part);
            }
        }
        return out.toByteArray();
    }

    private void section(int id, byte[] content) {
        out.write(id);
        int size = content.length;
        while (size >= 0x80) {
            out.write(size & 0x7f | 0x80);
            size >>>= 7;
        }
        out.write(size);
        out.writeBytes(content);
    }
}
