package tenon.conformance.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.text.Wat;

/**
 * The components of the tests of late binding: providers that hand out cells, each of a version of its own, and a user of cells. A cell
 * tells the version of the provider that made it, and the provider tells the host when it is dropped.
 */
final class LateCells {
    private LateCells() {}

    /** The host as a provider sees it. */
    public static final class Host {
        private static final HostInterface INTERFACE = HostInterface.of("", Host.class, MethodHandles.lookup())
                .function("note", "note", MethodType.methodType(void.class, int.class))
                .build();

        private final IntConsumer notes;

        Host(IntConsumer notes) {
            this.notes = notes;
        }

        /** {@code note: func(n: u32)}: 1000 times the version, plus what a dropped cell holds; or what {@code wait} was given. */
        public void note(int n) {
            notes.accept(n);
        }
    }

    static Provider provider(int version) {
        return provider(version, _ -> {});
    }

    static Provider provider(int version, IntConsumer notes) {
        return new Provider(cells(version), new Linker().define(Host.INTERFACE, _ -> new Host(notes)));
    }

    /** The same with a newer version of its interface. */
    static Provider newer(int version) {
        return new Provider(
                component(CELLS.replace("$VERSION", Integer.toString(version)).replace("cells@1.0.0", "cells@1.4.2")),
                new Linker().define(Host.INTERFACE, _ -> new Host(_ -> {})));
    }

    /** Counts the notes of versions below 1000. */
    static Provider counting(int version, AtomicIntegerArray drops) {
        return provider(version, note -> drops.incrementAndGet(note / 1000));
    }

    static Component component(String text) {
        return ComponentDecoder.decode(Wat.parse("late.wat", text));
    }

    static Component cells(int version) {
        return component(CELLS.replace("$VERSION", Integer.toString(version)));
    }

    private static final String CELLS = """
            (component
              (import "note" (func $note (param "n" u32)))
              (core func $note-core (canon lower (func $note)))
              (core module $drops
                (import "" "note" (func $note (param i32)))
                (func (export "drop") (param i32)
                  (call $note (i32.add (i32.const $VERSION000) (local.get 0)))))
              (core instance $dropping (instantiate $drops (with "" (instance (export "note" (func $note-core))))))
              (type $cell (resource (rep i32) (dtor (func $dropping "drop"))))
              (core func $new (canon resource.new $cell))
              (core func $rep (canon resource.rep $cell))
              (core func $drop (canon resource.drop $cell))
              (core module $main
                (import "" "note" (func $note (param i32)))
                (import "" "new" (func $new (param i32) (result i32)))
                (import "" "rep" (func $rep (param i32) (result i32)))
                (import "" "drop" (func $drop (param i32)))
                (memory (export "memory") 1)
                (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                  (i32.const 1024))
                (func (export "version") (result i32) (i32.const $VERSION))
                (func (export "wait") (param i32) (result i32) (call $note (local.get 0)) (i32.const $VERSION))
                (func (export "sum") (param i32 i32) (result i32)
                  (local $end i32) (local $sum i32)
                  (local.set $end (i32.add (local.get 0) (local.get 1)))
                  (block $done (loop $next
                    (br_if $done (i32.eq (local.get 0) (local.get $end)))
                    (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get 0))))
                    (local.set 0 (i32.add (local.get 0) (i32.const 1)))
                    (br $next)))
                  (i32.add (local.get $sum) (i32.const $VERSION000)))
                (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
                (func (export "get") (param i32) (result i32) (i32.add (i32.const $VERSION000) (local.get 0)))
                (func (export "both") (param i32 i32) (result i32)
                  (local $sum i32)
                  (local.set $sum (i32.add
                    (i32.const $VERSION000)
                    (i32.add (call $rep (local.get 0)) (call $rep (local.get 1)))))
                  (call $drop (local.get 0))
                  (call $drop (local.get 1))
                  (local.get $sum))
                (func (export "fail") (result i32) unreachable)
                (func (export "divide") (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0))))
              (core instance $it (instantiate $main (with "" (instance
                (export "note" (func $note-core))
                (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop))))))
              (func $version (result u32) (canon lift (core func $it "version")))
              (func $wait (param "n" u32) (result u32) (canon lift (core func $it "wait")))
              (func $sum (param "text" string) (result u32)
                (canon lift (core func $it "sum") (memory $it "memory") (realloc (func $it "realloc"))))
              (func $make (param "n" u32) (result (own $cell)) (canon lift (core func $it "make")))
              (func $get (param "self" (borrow $cell)) (result u32) (canon lift (core func $it "get")))
              (func $both (param "a" (own $cell)) (param "b" (own $cell)) (result u32)
                (canon lift (core func $it "both")))
              (func $fail (result u32) (canon lift (core func $it "fail")))
              (func $divide (param "by" u32) (result u32) (canon lift (core func $it "divide")))
              (component $shape
                (import "cell" (type $c (sub resource)))
                (import "version" (func $version (result u32)))
                (import "wait" (func $wait (param "n" u32) (result u32)))
                (import "sum" (func $sum (param "text" string) (result u32)))
                (import "make" (func $make (param "n" u32) (result (own $c))))
                (import "get" (func $get (param "self" (borrow $c)) (result u32)))
                (import "both" (func $both (param "a" (own $c)) (param "b" (own $c)) (result u32)))
                (import "fail" (func $fail (result u32)))
                (import "divide" (func $divide (param "by" u32) (result u32)))
                (export $cell "cell" (type $c))
                (export "version" (func $version))
                (export "wait" (func $wait))
                (export "sum" (func $sum))
                (export "[constructor]cell" (func $make) (func (param "n" u32) (result (own $cell))))
                (export "[method]cell.get" (func $get) (func (param "self" (borrow $cell)) (result u32)))
                (export "both" (func $both) (func (param "a" (own $cell)) (param "b" (own $cell)) (result u32)))
                (export "fail" (func $fail))
                (export "divide" (func $divide)))
              (instance $cells (instantiate $shape
                (with "cell" (type $cell)) (with "version" (func $version)) (with "wait" (func $wait))
                (with "sum" (func $sum)) (with "make" (func $make)) (with "get" (func $get))
                (with "both" (func $both)) (with "fail" (func $fail)) (with "divide" (func $divide))))
              (export "test:late/cells@1.0.0" (instance $cells)))
            """;

    /** Exports a function for each of the imported ones; cells are numbers in its own table. */
    static final String USER = """
            (component
              (import "test:late/cells@1.0.0" (instance $cells
                (export "cell" (type $cell (sub resource)))
                (export "version" (func (result u32)))
                (export "wait" (func (param "n" u32) (result u32)))
                (export "sum" (func (param "text" string) (result u32)))
                (export "[constructor]cell" (func (param "n" u32) (result (own $cell))))
                (export "[method]cell.get" (func (param "self" (borrow $cell)) (result u32)))
                (export "both" (func (param "a" (own $cell)) (param "b" (own $cell)) (result u32)))
                (export "fail" (func (result u32)))
                (export "divide" (func (param "by" u32) (result u32)))))
              (alias export $cells "cell" (type $cell))
              (core module $memory (memory (export "memory") 1) (data (i32.const 8) "\\01\\02\\03\\04"))
              (core instance $memory (instantiate $memory))
              (core func $version (canon lower (func $cells "version")))
              (core func $wait (canon lower (func $cells "wait")))
              (core func $sum (canon lower (func $cells "sum") (memory $memory "memory")))
              (core func $make (canon lower (func $cells "[constructor]cell")))
              (core func $get (canon lower (func $cells "[method]cell.get")))
              (core func $both (canon lower (func $cells "both")))
              (core func $fail (canon lower (func $cells "fail")))
              (core func $divide (canon lower (func $cells "divide")))
              (core func $drop (canon resource.drop $cell))
              (core module $main
                (import "" "version" (func $version (result i32)))
                (import "" "wait" (func $wait (param i32) (result i32)))
                (import "" "sum" (func $sum (param i32 i32) (result i32)))
                (import "" "make" (func $make (param i32) (result i32)))
                (import "" "get" (func $get (param i32) (result i32)))
                (import "" "both" (func $both (param i32 i32) (result i32)))
                (import "" "fail" (func $fail (result i32)))
                (import "" "divide" (func $divide (param i32) (result i32)))
                (import "" "drop" (func $drop (param i32)))
                (func (export "version") (result i32) (call $version))
                (func (export "wait") (param i32) (result i32) (call $wait (local.get 0)))
                (func (export "sum") (result i32) (call $sum (i32.const 8) (i32.const 4)))
                (func (export "make") (param i32) (result i32) (call $make (local.get 0)))
                (func (export "get") (param i32) (result i32) (call $get (local.get 0)))
                (func (export "both") (param i32 i32) (result i32) (call $both (local.get 0) (local.get 1)))
                (func (export "fail") (result i32) (call $fail))
                (func (export "divide") (param i32) (result i32) (call $divide (local.get 0)))
                (func (export "drop") (param i32) (result i32) (call $drop (local.get 0)) (i32.const 0))
                (func (export "versions") (param i32) (result i32) (local $sum i32)
                  (block $done (loop $next
                    (br_if $done (i32.eqz (local.get 0)))
                    (local.set $sum (i32.add (local.get $sum) (call $version)))
                    (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
                    (br $next)))
                  (local.get $sum)))
              (core instance $it (instantiate $main (with "" (instance
                (export "version" (func $version)) (export "wait" (func $wait)) (export "sum" (func $sum))
                (export "make" (func $make)) (export "get" (func $get)) (export "both" (func $both))
                (export "fail" (func $fail)) (export "divide" (func $divide)) (export "drop" (func $drop))))))
              (func (export "version") (result u32) (canon lift (core func $it "version")))
              (func (export "wait") (param "n" u32) (result u32) (canon lift (core func $it "wait")))
              (func (export "sum") (result u32) (canon lift (core func $it "sum")))
              (func (export "make") (param "n" u32) (result u32) (canon lift (core func $it "make")))
              (func (export "get") (param "n" u32) (result u32) (canon lift (core func $it "get")))
              (func (export "both") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $it "both")))
              (func (export "fail") (result u32) (canon lift (core func $it "fail")))
              (func (export "divide") (param "by" u32) (result u32) (canon lift (core func $it "divide")))
              (func (export "drop") (param "n" u32) (result u32) (canon lift (core func $it "drop")))
              (func (export "versions") (param "n" u32) (result u32) (canon lift (core func $it "versions"))))
            """;

    /** Calls an export of the user by numbers. */
    static int call(Instance user, String name, Integer... arguments) throws Throwable {
        MethodHandle handle = user.component()
                .function(
                        "", name, Collections.nCopies(arguments.length, int.class), int.class, MethodHandles.lookup());
        return (int) handle.asSpreader(1, Object[].class, arguments.length).invoke(user, (Object[]) arguments);
    }

    /** The types of {@code call}, once for many calls: {@code (Instance, int…) → int}. */
    static MethodHandle function(tenon.runtime.LinkedComponent user, String name, int params) {
        return user.function(
                "", name, List.copyOf(Collections.nCopies(params, int.class)), int.class, MethodHandles.lookup());
    }
}
