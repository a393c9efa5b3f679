package tenon.conformance.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.component.world.World;
import tenon.testing.SharedFolder;
import tenon.types.component.EnumType;
import tenon.types.component.FlagsType;
import tenon.types.component.InstanceType;
import tenon.types.component.InterfaceName;
import tenon.types.component.ResourceType;
import tenon.types.component.TypeExtern;
import tenon.types.component.VariantType;

/** Components from the toolchains of eight languages are read, and have the worlds that the README beside them states. */
@Tag("suite")
class RealComponentsTest {
    private static final String FINANCE = "cyber:finance/";
    private static final Set<String> HTTP_ONLY = Set.of(
            "wasi:clocks/monotonic-clock",
            "wasi:http/outgoing-handler",
            "wasi:http/types",
            "wasi:io/error",
            "wasi:io/poll",
            "wasi:io/streams");

    @TestFactory
    Stream<DynamicTest> everyComponentIsReadAndResolved() {
        return ComponentBinaries.all()
                .flatMap(binaries -> binaries.files().stream()
                        .map(file -> DynamicTest.dynamicTest(
                                binaries.folder().relativize(file).toString(), () -> assertResolves(file))));
    }

    private static void assertResolves(Path file) {
        Component component = ComponentDecoder.decode(ComponentBinaries.read(file), ComponentFeatures.ALL);
        World world = World.of(component);
        assertFalse(world.exports().isEmpty(), "a component without exports does nothing");
        assertEquals(
                component.imports().stream().map(each -> each.name().text()).toList(),
                world.imports().stream().map(each -> each.name().text()).toList());
    }

    private static World world(String file) {
        Optional<Path> found = SharedFolder.find("components/" + file);
        assumeTrue(found.isPresent(), SharedFolder.absent("components/" + file));
        return World.of(ComponentDecoder.decode(ComponentBinaries.read(found.orElseThrow()), ComponentFeatures.ALL));
    }

    private static Set<String> imports(World world) {
        return world.imports().stream()
                .map(each -> each.interfaceName()
                        .map(InterfaceName::unversioned)
                        .orElse(each.name().text()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> exports(World world) {
        return world.exports().stream().map(each -> each.name().text()).toList();
    }

    @Test
    void bareHttpComponentImportsOnlyWhatItNeeds() {
        Set<String> imports = imports(world("rust/rust-bare-http-hello.wasm"));
        assertTrue(HTTP_ONLY.containsAll(imports), imports.toString());
    }

    @Test
    void libraryComponentsImportNothing() {
        for (String file : List.of("rust/rust-bare-finance.wasm", "c/c-finance.wasm")) {
            World world = world(file);
            assertEquals(List.of(), world.imports(), file);
            assertEquals(List.of(FINANCE + "processor@0.1.0", FINANCE + "ledger@0.1.0"), exports(world), file);
        }
    }

    @Test
    void ledgerHasAResourceFlagsAnEnumAndAVariant() {
        World world = world("rust/rust-bare-finance.wasm");
        var ledger = (InstanceType) world.exports().get(1).type();
        var types = ledger.exports().values().stream()
                .filter(TypeExtern.class::isInstance)
                .map(each -> ((TypeExtern) each).type().getClass())
                .collect(Collectors.toSet());
        assertTrue(types.containsAll(Set.of(ResourceType.class, FlagsType.class, EnumType.class)), types.toString());
        assertTrue(types.contains(VariantType.class), types.toString());
    }

    @Test
    void composedTellerHasNoImportOfTheLedgerAnyMore() {
        assertTrue(imports(world("rust/rust-teller-http.wasm")).contains(FINANCE + "ledger"));
        for (String file :
                List.of("composed/composed-rust-teller-finance.wasm", "composed/composed-rust-teller-c-finance.wasm")) {
            Set<String> imports = imports(world(file));
            assertTrue(imports.stream().noneMatch(name -> name.startsWith(FINANCE)), imports.toString());
        }
    }

    @Test
    void versionsAreThoseOfTheToolchains() {
        World js = world("js/js-http-hello.wasm");
        var versions = js.imports().stream()
                .map(each -> each.interfaceName().orElseThrow())
                .filter(name -> name.packageName().unversioned().equals("wasi:http"))
                .map(name -> name.version().orElseThrow().toString())
                .collect(Collectors.toSet());
        assertEquals(Set.of("0.2.10"), versions);
        assertEquals(List.of("wasi:http/incoming-handler@0.2.10"), exports(js));
        World spin = world("rust/rust-spin5-http.wasm");
        assertTrue(imports(spin).contains("fermyon:spin/key-value"));
        assertEquals(List.of("wasi:http/incoming-handler@0.2.0"), exports(spin));
        assertEquals(List.of("wasi:cli/run@0.3.0"), exports(world("rust/rust-p3-cli.wasm")));
    }

    @Test
    void worldLevelFunctionsAreImportedByTheirPlainName() {
        World toolbox = world("rust/rust-bare-toolbox.wasm");
        assertEquals(Set.of("logger"), imports(toolbox));
        assertTrue(exports(toolbox).contains("process"));
    }

    @Test
    void biggestComponentIsReadInASecond() {
        Path biggest = ComponentBinaries.all()
                .flatMap(binaries -> binaries.files().stream())
                .max(Comparator.comparingLong(file -> file.toFile().length()))
                .orElse(null);
        assumeTrue(biggest != null, SharedFolder.absent("components"));
        byte[] bytes = ComponentBinaries.read(biggest);
        long start = System.nanoTime();
        World.of(ComponentDecoder.decode(bytes, ComponentFeatures.ALL));
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        assertTrue(milliseconds < 5_000, bytes.length + " bytes in " + milliseconds + " ms");
    }
}
