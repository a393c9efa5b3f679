package tenon.conformance.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tenon.component.Component;
import tenon.component.CoreModule;
import tenon.component.read.ComponentDecoder;
import tenon.testing.SharedFolder;
import tenon.text.Wat;
import tenon.wasm.Binary;

/** Modules to make mistakes in: small ones of our own always, those of toolchains where the folder {@code shared} is there. */
final class ModuleSeeds {
    private static final int LARGEST = 130_000;

    private static final List<String> OWN = List.of("""
            (module
              (type $pair (func (param i32 i64) (result i64 i32)))
              (import "host" "call" (func $call (param i32) (result i32)))
              (memory (export "memory") 1 2)
              (table $t 4 funcref)
              (global $g (mut i64) (i64.const 7))
              (func $swap (type $pair) (local.get 1) (local.get 0))
              (func $loop (export "loop") (param i32) (result i32) (local i32)
                (block $done
                  (loop $again
                    (br_if $done (i32.eqz (local.get 0)))
                    (local.set 1 (i32.add (local.get 1) (local.get 0)))
                    (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
                    (br $again)))
                (local.get 1))
              (func (export "indirect") (param i32) (result i64)
                (i64.add
                  (call_indirect (type $pair) (i32.const 1) (i64.const 2) (local.get 0)) (drop)
                  (global.get $g)))
              (func (export "store") (param i32 f64)
                (f64.store offset=16 (local.get 0) (f64.mul (local.get 1) (f64.const 1.5)))
                (global.set $g (i64.load (i32.const 8)))
                (drop (call $call (i32.const 3))))
              (elem (i32.const 0) func $swap $swap)
              (data (i32.const 8) "some bytes \\00\\ff"))
            """, """
            (module
              (rec (type $list (sub (struct (field i32) (field (ref null $list))))) (type $f (func (param (ref null $f)))))
              (func $none (export "none"))
              (func (export "table") (param i32) (result i32)
                (block $a (block $b (block $c (br_table $a $b $c $a (local.get 0)))
                  (return (i32.const 1))) (return (i32.const 2)))
                (i32.const 3))
              (func (export "bulk") (param i32)
                (memory.init $d (local.get 0) (i32.const 0) (i32.const 3))
                (memory.copy (i32.const 0) (local.get 0) (i32.const 3))
                (memory.fill (local.get 0) (i32.const 9) (i32.const 100))
                (data.drop $d)
                (table.init $e (i32.const 0) (i32.const 0) (i32.const 1))
                (table.set (local.get 0) (ref.func $none))
                (drop (table.grow (ref.null func) (i32.const 2))))
              (func (export "select") (param f32 f32 i32) (result f32)
                (if (result f32) (local.get 2)
                  (then (f32.max (local.get 0) (local.get 1)))
                  (else (select (local.get 0) (local.get 1) (i32.trunc_sat_f32_s (local.get 0))))))
              (memory 1)
              (table 3 10 funcref)
              (elem $e func $none)
              (data $d "abc"))
            """);

    private ModuleSeeds() {}

    static List<byte[]> all() throws IOException {
        var seeds = new ArrayList<byte[]>();
        for (String text : OWN) {
            seeds.add(Wat.parse("seed", text));
        }
        for (String folder : List.of("bench", "components")) {
            Optional<Path> found = SharedFolder.find(folder);
            if (found.isPresent()) {
                addFrom(found.get(), seeds);
            }
        }
        return seeds;
    }

    private static void addFrom(Path folder, List<byte[]> seeds) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".wasm"))
                    .sorted()
                    .toList()) {
                if (Files.size(file) <= 10 * LARGEST) {
                    add(Files.readAllBytes(file), seeds);
                }
            }
        }
    }

    private static void add(byte[] bytes, List<byte[]> seeds) {
        if (!ComponentDecoder.isComponent(bytes)) {
            addSmall(bytes, seeds);
            return;
        }
        Component component = ComponentDecoder.decode(bytes);
        component.definitions(CoreModule.class).forEach(core -> {
            Binary binary = core.binary();
            addSmall(Arrays.copyOfRange(binary.bytes(), binary.start(), binary.end()), seeds);
        });
    }

    private static void addSmall(byte[] module, List<byte[]> seeds) {
        if (module.length <= LARGEST) {
            seeds.add(module);
        }
    }
}
