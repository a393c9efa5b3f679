package tenon.conformance.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule finds what it is for, in small houses that break it. */
class RulesTest {
    private static final Path OUTPUT = Path.of("target/classes");

    @TempDir
    Path root;

    @Test
    void arrowUpwardsIsFound() throws IOException {
        write(
                "types",
                "tenon/types/Value.java",
                "package tenon.types; public class Value { tenon.wasm.Reader reader; }");
        write("wasm", "tenon/wasm/Reader.java", "package tenon.wasm; public class Reader { tenon.types.Value value; }");
        compile("types", "wasm");
        var walls = Walls.of(Map.of("types", List.of()));
        assertEquals(
                List.of("class `tenon.types.Value` uses `tenon.wasm.Reader`"), walls.breaches(List.of(read("types"))));
    }

    @Test
    void arrowInAMethodBodyOrATypeArgumentIsFound() throws IOException {
        write(
                "wasm",
                "tenon/wasm/Reader.java",
                "package tenon.wasm; public class Reader { public static void read() {} }");
        write("types", "tenon/types/A.java", "package tenon.types; class A { void a() { tenon.wasm.Reader.read(); } }");
        write("types", "tenon/types/B.java", "package tenon.types; class B { java.util.List<tenon.wasm.Reader> b; }");
        compile("types", "wasm");
        assertEquals(
                2,
                Walls.of(Map.of("types", List.of()))
                        .breaches(List.of(read("types")))
                        .size());
    }

    @Test
    void arrowOfADescriptorIsFound() throws IOException {
        write("wasm", "module-info.java", "module tenon.wasm { requires java.logging; requires jdk.compiler; }");
        compile("wasm");
        assertEquals(
                List.of("module `wasm` requires `jdk.compiler`, expected the JDK alone"),
                Walls.of(Map.of("wasm", List.of())).breaches(List.of(read("wasm"))));
    }

    @Test
    void libraryBelowTheRuntimeIsFound() throws IOException {
        write("types", "org/lib/Thing.java", "package org.lib; public class Thing {}");
        write("types", "tenon/types/Value.java", "package tenon.types; class Value { org.lib.Thing thing; }");
        compile("types");
        var breaches = Walls.of(Map.of("types", List.of())).breaches(List.of(read("types")));
        assertTrue(
                breaches.contains("class `tenon.types.Value` uses `org.lib.Thing`, expected the JDK alone"),
                () -> breaches.toString());
        assertTrue(
                breaches.stream().anyMatch(breach -> breach.endsWith("expected package `tenon.types`")),
                () -> breaches.toString());
    }

    @Test
    void moduleOutsideTheTableIsFound() throws IOException {
        write("attic", "tenon/attic/Box.java", "package tenon.attic; class Box {}");
        compile("attic");
        assertEquals(
                List.of("module `attic` is not in the table of ARCHITECTURE.md"),
                Walls.ofTheHouse().breaches(List.of(read("attic"))));
    }

    @Test
    void circleOfPackagesIsFoundAndALineIsNot() throws IOException {
        write(
                "core",
                "tenon/core/Engine.java",
                "package tenon.core; public class Engine { tenon.core.link.Site site; }");
        write(
                "core",
                "tenon/core/link/Site.java",
                "package tenon.core.link; public class Site { tenon.core.memory.Page page; }");
        write("core", "tenon/core/memory/Page.java", "package tenon.core.memory; public class Page {}");
        compile("core");
        assertEquals(List.of(), Walls.circles(read("core")));

        write(
                "core",
                "tenon/core/memory/Page.java",
                "package tenon.core.memory; public class Page { tenon.core.Engine engine; }");
        compile("core");
        assertEquals(3, Walls.circles(read("core")).size());
    }

    @Test
    void namelessClassIsFoundAndALikeNameIsNot() throws IOException {
        for (String name :
                List.of("PathUtil", "HelperOfAll", "StoreManager2", "TableImpl", "Common", "Utility", "Implied")) {
            write("core", "tenon/core/" + name + ".java", "package tenon.core; class " + name + " {}");
        }
        compile("core");
        assertEquals(5, Customs.namelessClasses(read("core")).size());
    }

    @Test
    void packageWithoutAWordOrWithADigitIsFound() throws IOException {
        write("wasi", "tenon/wasi/p2/Clock.java", "package tenon.wasi.p2; class Clock {}");
        compile("wasi");
        assertEquals(
                List.of("package `tenon.wasi.p2` ends in a digit", "package `tenon.wasi.p2` has no package-info"),
                Customs.badPackages(read("wasi")));
    }

    @Test
    void longFileIsFound() throws IOException {
        write(
                "core",
                "tenon/core/Long.java",
                "package tenon.core; class Long {}" + "\n".repeat(Customs.LONGEST_FILE + 1));
        write(
                "core",
                "tenon/core/Short.java",
                "package tenon.core; class Short {}" + "\n".repeat(Customs.LONGEST_FILE));
        var breaches = Customs.longFiles(read("core"));
        assertEquals(1, breaches.size(), breaches.toString());
        assertTrue(breaches.getFirst().contains("Long.java"), breaches.toString());
    }

    @Test
    void pathOfAMachineIsFoundInTextAndBinary() throws IOException {
        String path = "/ho" + "me/someone/x.c";
        Files.writeString(root.resolve("notes.md"), "see " + path);
        Files.write(
                root.resolve("guest.wasm"),
                ("\0asm\1" + path + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Files.writeString(root.resolve("fine.md"), "see https://example.org" + path + " and /usr/lib/jvm");
        Files.createDirectories(root.resolve("target"));
        Files.writeString(root.resolve("target/log"), path);
        assertEquals(2, Customs.machinePaths(root).size());
    }

    private void write(String module, String file, String text) throws IOException {
        Path path = root.resolve(module).resolve("src/main/java").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** Compiles all modules together; each class lands in the first one, save those of the packages of the others. */
    private void compile(String... modules) throws IOException {
        var sources = new ArrayList<String>();
        for (String module : modules) {
            sources.addAll(read(module).sources().stream().map(Path::toString).toList());
        }
        Path output = root.resolve(modules[0]).resolve(OUTPUT);
        Files.createDirectories(output);
        var arguments = new ArrayList<>(List.of("-proc:none", "-d", output.toString()));
        arguments.addAll(sources);
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertEquals(0, code, "the example compiles");
        for (int other = 1; other < modules.length; other++) {
            Path stray = output.resolve("tenon").resolve(modules[other]);
            Path home = root.resolve(modules[other]).resolve(OUTPUT).resolve("tenon");
            Files.createDirectories(home);
            Files.move(stray, home.resolve(modules[other]));
        }
    }

    private BuiltModule read(String module) throws IOException {
        return BuiltModule.read(root.resolve(module), OUTPUT);
    }
}
