package tenon.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.text.Wat;

/**
 * Guests written as text: {@code hello.wasm} with another core module in the place of its own, so that all that it imports can be
 * called, and its types need not be written down again.
 */
final class Guest {
    private static final int CORE_MODULE = 1;

    private static final String BEGIN = """
            (module
              (import "wasi:http/types@0.2.12" "[constructor]fields" (func $fields (result i32)))
              (import "wasi:http/types@0.2.12" "[method]fields.append"
                (func $append (param i32 i32 i32 i32 i32 i32)))
              (import "wasi:http/types@0.2.12" "[resource-drop]fields" (func $drop-fields (param i32)))
              (import "wasi:http/types@0.2.12" "[method]incoming-request.path-with-query" (func $path (param i32 i32)))
              (import "wasi:http/types@0.2.12" "[method]incoming-request.consume" (func $consume (param i32 i32)))
              (import "wasi:http/types@0.2.12" "[method]incoming-body.stream" (func $stream (param i32 i32)))
              (import "wasi:io/streams@0.2.12" "[method]input-stream.blocking-read" (func $read (param i32 i64 i32)))
              (import "wasi:http/types@0.2.12" "[constructor]outgoing-request" (func $request (param i32) (result i32)))
              (import "wasi:http/types@0.2.12" "[method]outgoing-request.set-method"
                (func $set-method (param i32 i32 i32 i32) (result i32)))
              (import "wasi:http/types@0.2.12" "[method]outgoing-request.set-scheme"
                (func $set-scheme (param i32 i32 i32 i32 i32) (result i32)))
              (import "wasi:http/types@0.2.12" "[method]outgoing-request.set-authority"
                (func $set-authority (param i32 i32 i32 i32) (result i32)))
              (import "wasi:http/types@0.2.12" "[method]outgoing-request.set-path-with-query"
                (func $set-path (param i32 i32 i32 i32) (result i32)))
              (import "wasi:http/outgoing-handler@0.2.12" "handle" (func $send (param i32 i32 i32 i32)))
              (import "wasi:http/types@0.2.12" "[constructor]outgoing-response" (func $response (param i32) (result i32)))
              (import "wasi:http/types@0.2.12" "[method]outgoing-response.set-status-code"
                (func $set-status (param i32 i32) (result i32)))
              (import "wasi:http/types@0.2.12" "[method]outgoing-response.body" (func $body (param i32 i32)))
              (import "wasi:http/types@0.2.12" "[method]outgoing-body.write" (func $write-body (param i32 i32)))
              (import "wasi:http/types@0.2.12" "[static]response-outparam.set"
                (func $set (param i32 i32 i32 i32 i64 i32 i32 i32 i32)))
              (import "wasi:io/streams@0.2.12" "[method]output-stream.check-write" (func $check-write (param i32 i32)))
              (import "wasi:io/streams@0.2.12" "[method]output-stream.write" (func $write (param i32 i32 i32 i32)))
              (import "wasi:io/streams@0.2.12" "[method]output-stream.blocking-write-and-flush"
                (func $write-and-flush (param i32 i32 i32 i32)))
              (import "wasi:io/poll@0.2.12" "[method]pollable.block" (func $block (param i32)))
              (import "wasi:clocks/monotonic-clock@0.2.12" "subscribe-duration" (func $after (param i64) (result i32)))
              (memory (export "memory") 2)
              (global $free (mut i32) (i32.const 32768))
              ;; what the host puts into memory stays there
              (func $bump (param $bytes i32) (result i32)
                (local $at i32)
                (local.set $at (i32.and (i32.add (global.get $free) (i32.const 7)) (i32.const -8)))
                (global.set $free (i32.add (local.get $at) (local.get $bytes)))
                (local.get $at))
              ;; the second sign of the path
              (func $what (param $request i32) (result i32)
                (call $path (local.get $request) (i32.const 64))
                (i32.load8_u (i32.add (i32.load (i32.const 68)) (i32.const 1))))
              (func $answer (param $out i32) (param $status i32)
                (local $response i32)
                (local.set $response (call $response (call $fields)))
                (drop (call $set-status (local.get $response) (local.get $status)))
                (call $set (local.get $out) (i32.const 0) (local.get $response)
                  (i32.const 0) (i64.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
              (func $sleep (param $millis i64)
                (call $block (call $after (i64.mul (local.get $millis) (i64.const 1000000)))))
            """;

    private static final String REALLOC = """
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (call $bump (local.get 3)))
            """;

    private Guest() {}

    /** One with these functions beside those above; one of them is {@code $handle}, of a request and the right to answer. */
    static Component of(String functions) {
        return withRealloc(REALLOC + functions);
    }

    /** The same; {@code cabi_realloc} is among the functions, too. */
    static Component withRealloc(String functions) {
        return instead(Wat.parse("guest", BEGIN + functions + """
              (export "wasi:http/incoming-handler@0.2.12#handle" (func $handle)))
            """));
    }

    private static Component instead(byte[] module) {
        try (var stream = Guest.class.getResourceAsStream("/hello.wasm")) {
            byte[] hello = Objects.requireNonNull(stream).readAllBytes();
            var made = new ByteArrayOutputStream();
            made.write(hello, 0, 8);
            boolean replaced = false;
            for (int at = 8; at < hello.length; ) {
                int id = hello[at];
                int content = at + 1;
                int length = 0;
                for (int shift = 0; ; shift += 7) {
                    byte part = hello[content++];
                    length |= (part & 0x7f) << shift;
                    if (part >= 0) {
                        break;
                    }
                }
                if (id == CORE_MODULE && !replaced) {
                    replaced = true;
                    made.write(CORE_MODULE);
                    unsigned(made, module.length);
                    made.writeBytes(module);
                } else {
                    made.write(hello, at, content + length - at);
                }
                at = content + length;
            }
            return ComponentDecoder.decode(made.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void unsigned(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
