package tenon.conformance.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.CoreModule;
import tenon.component.Definition;
import tenon.component.NestedComponent;
import tenon.component.read.ComponentDecoder;
import tenon.core.CodeCounts;
import tenon.core.CoreEngine;
import tenon.core.EngineOptions;
import tenon.wasm.Module;

/** No function of any component is left in a method that HotSpot's compilers refuse. */
@Tag("suite")
class MethodSizesTest {

    @TestFactory
    Stream<DynamicTest> everyMethodCanBeCompiledByTheJit() {
        return ComponentBinaries.all()
                .flatMap(binaries -> binaries.files().stream()
                        .map(file -> DynamicTest.dynamicTest(
                                binaries.folder().relativize(file).toString(), () -> assertCompiles(file))));
    }

    private static void assertCompiles(Path file) {
        var modules = modules(ComponentDecoder.decode(ComponentBinaries.read(file), ComponentFeatures.ALL));
        assertTrue(!modules.isEmpty(), "a component without core modules");
        for (Module module : modules) {
            CodeCounts counts =
                    new CoreEngine(EngineOptions.DEFAULT).compile(module).compileAll();
            assertTrue(counts.methods() >= module.code().size(), counts.methods() + " methods");
            assertEquals(0, counts.hugeMethods(), "methods over " + CodeCounts.MOST_BYTES + " bytes");
        }
    }

    private static List<Module> modules(Component component) {
        var modules = new ArrayList<Module>();
        for (Definition definition : component.definitions()) {
            if (definition instanceof CoreModule core) {
                modules.add(core.module());
            } else if (definition instanceof NestedComponent nested) {
                modules.addAll(modules(nested.component()));
            }
        }
        return modules;
    }
}
