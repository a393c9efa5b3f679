package tenon.conformance.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The house as it stands. A module that was not compiled in this build is skipped by name; {@code ./build verify} compiles all. */
class ArchitectureTest {
    private static final Path ROOT =
            Path.of(System.getProperty("tenon.root")).toAbsolutePath().normalize();

    /** Where classes are, seen from a module: {@code target/classes}, or below {@code target/quick}. */
    private static final Path OUTPUT = Path.of(System.getProperty("tenon.output"));

    @TestFactory
    Stream<DynamicTest> modulesPointAlongTheArrows() throws IOException {
        var walls = Walls.ofTheHouse();
        return each(module -> walls.breaches(List.of(module)));
    }

    @TestFactory
    Stream<DynamicTest> packagesFormALine() throws IOException {
        return each(Walls::circles);
    }

    @TestFactory
    Stream<DynamicTest> classesNameConcepts() throws IOException {
        return each(Customs::namelessClasses);
    }

    @TestFactory
    Stream<DynamicTest> packagesAreNamedAndExplained() throws IOException {
        return each(Customs::badPackages);
    }

    @TestFactory
    Stream<DynamicTest> filesHoldOneIdea() throws IOException {
        return each(Customs::longFiles);
    }

    @Test
    void treeHoldsNoPathOfAMachine() throws IOException {
        assertEquals(List.of(), Customs.machinePaths(ROOT));
    }

    @Test
    void everyModuleOfTheBuildIsInTheTable() throws IOException {
        var names = new ArrayList<String>();
        for (Path folder : folders()) {
            names.add(folder.getFileName().toString());
        }
        assertTrue(names.contains("types") && names.contains("cli"), names.toString());
        names.removeAll(Walls.ofTheHouse().mayUse().keySet());
        assertEquals(List.of(), names);
    }

    private interface Rule {
        List<String> breaches(BuiltModule module) throws IOException;
    }

    private static Stream<DynamicTest> each(Rule rule) throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (Path folder : folders()) {
            tests.add(DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
                var module = BuiltModule.read(folder, OUTPUT);
                assumeFalse(module.isUncompiled(), "module `" + module.name() + "` was not compiled in this build");
                assertEquals("", String.join("\n", rule.breaches(module)));
            }));
        }
        return tests.stream();
    }

    /** The folders that the root pom lists as modules; the examples stand outside the house and may use all of it. */
    private static List<Path> folders() throws IOException {
        return Files.readAllLines(ROOT.resolve("pom.xml")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("<module>") && !line.startsWith("<module>examples/"))
                .map(line -> ROOT.resolve(line.replaceAll("</?module>", "")))
                .toList();
    }
}
