package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.Resource;
import tenon.runtime.value.Tuple2;
import tenon.runtime.value.Value;
import tenon.testing.SharedFolder;
import tenon.types.LinkException;

/** The banking component of {@code ../shared/components}, in two languages, with generated and with interpreted adapters. */
class FinanceTest {
    private static final String PROCESSOR = "cyber:finance/processor@0.1.0";
    private static final String LEDGER = "cyber:finance/ledger@0.1.0";

    record Transaction(String id, int amount, String currency) {}

    sealed interface Status {
        record Approved() implements Status {}

        record Rejected(String reason) implements Status {}
    }

    enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    record Entry(Transaction transaction, Status outcome, Optional<Long> balanceAfter, double weight, int mark) {}

    sealed interface Failure {
        record UnknownCurrency(String name) implements Failure {}

        record Empty() implements Failure {}

        record TooMany(Tuple2<Integer, Integer> counts) implements Failure {}
    }

    record Checks(int bits) {}

    static Stream<Arguments> components() {
        return Stream.of("c/c-finance.wasm", "rust/rust-bare-finance.wasm")
                .flatMap(file -> Stream.of(Arguments.of(file, true), Arguments.of(file, false)));
    }

    private static LinkedComponent link(String file, boolean generated) throws IOException {
        Optional<Path> path = SharedFolder.find("components/" + file);
        assumeTrue(path.isPresent(), SharedFolder.absent("components/" + file));
        return new Linker()
                .link(
                        Runtime.create().withGeneratedAdapters(generated),
                        ComponentDecoder.decode(Files.readAllBytes(path.orElseThrow())));
    }

    private static MethodHandle ledger(LinkedComponent linked, String name, MethodType type) {
        return linked.function(LEDGER, name, type.parameterList(), type.returnType(), MethodHandles.lookup());
    }

    private static Value transaction(String id, int amount, String currency) {
        return new Value.Fields(List.of(
                new Value.Field("id", new Value.Text(id)),
                new Value.Field("amount", new Value.U32(amount)),
                new Value.Field("currency", new Value.Text(currency))));
    }

    @ParameterizedTest
    @MethodSource("components")
    void answersInDynamicValues(String file, boolean generated) throws IOException {
        LinkedComponent linked = link(file, generated);
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            Value rejected = new Value.Variant("rejected", Optional.of(new Value.Text("Limit exceeded")));
            assertEquals(
                    Optional.of(rejected),
                    instance.func(PROCESSOR, "process").call(List.of(transaction("1", 20000, "EUR"))));
            Value approved = new Value.Variant("approved", Optional.empty());
            assertEquals(
                    Optional.of(new Value.Sequence(List.of(approved, rejected))),
                    instance.func(PROCESSOR, "process-all")
                            .call(List.of(new Value.Sequence(
                                    List.of(transaction("1", 1, "EUR"), transaction("2", 10001, "EUR"))))));
        }
    }

    @ParameterizedTest
    @MethodSource("components")
    void answersInTypedValues(String file, boolean generated) throws Throwable {
        LinkedComponent linked = link(file, generated);
        MethodHandle process =
                linked.function(PROCESSOR, "process", List.of(Transaction.class), Status.class, MethodHandles.lookup());
        MethodHandle make =
                ledger(linked, "[constructor]book", MethodType.methodType(Resource.class, String.class, Checks.class));
        MethodHandle owner = ledger(linked, "[method]book.owner", MethodType.methodType(String.class, Resource.class));
        MethodHandle post = ledger(
                linked, "[method]book.post", MethodType.methodType(Status.class, Resource.class, Transaction.class));
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            assertEquals(new Status.Rejected("Limit exceeded"), (Status)
                    process.invoke(instance, new Transaction("1", 20000, "EUR")));
            try (Resource book = (Resource) make.invoke(instance, "₿ and ✔", new Checks(5))) {
                assertEquals("₿ and ✔", (String) owner.invoke(instance, book));
                assertEquals(
                        new Status.Approved(), (Status) post.invoke(instance, book, new Transaction("1", 5, "EUR")));
                assertEquals(new Status.Rejected("Seen before: 1"), (Status)
                        post.invoke(instance, book, new Transaction("1", 5, "EUR")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("components")
    void everyInstanceBeginsAnew(String file, boolean generated) throws Throwable {
        LinkedComponent linked = link(file, generated);
        MethodHandle make =
                ledger(linked, "[constructor]book", MethodType.methodType(Resource.class, String.class, Checks.class));
        MethodHandle open = ledger(linked, "open-books", MethodType.methodType(int.class));
        for (int i = 0; i < 100; i++) {
            try (Store store = Store.open()) {
                Instance instance = linked.instantiate(store);
                assertEquals(0, (int) open.invoke(instance));
                make.invoke(instance, "never closed", new Checks(0));
                assertEquals(1, (int) open.invoke(instance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("components")
    void resourcesEndWhereTheyWereGivenAway(String file, boolean generated) throws Throwable {
        LinkedComponent linked = link(file, generated);
        MethodHandle make =
                ledger(linked, "[constructor]book", MethodType.methodType(Resource.class, String.class, Checks.class));
        MethodHandle owner = ledger(linked, "[method]book.owner", MethodType.methodType(String.class, Resource.class));
        Resource left;
        try (Store store = Store.open();
                Store other = Store.open()) {
            Instance instance = linked.instantiate(store);
            Instance stranger = linked.instantiate(other);
            left = (Resource) make.invoke(instance, "one", new Checks(0));
            assertEquals("book", left.typeName());
            assertThrows(IllegalStateException.class, () -> owner.invoke(stranger, left));
        }
        left.close();
        try (Store store = Store.open()) {
            Instance instance = linked.instantiate(store);
            assertThrows(IllegalStateException.class, () -> owner.invoke(instance, left));
        }
    }

    @ParameterizedTest
    @MethodSource("components")
    void functionsOfAnotherShapeAreRefused(String file, boolean generated) throws IOException {
        LinkedComponent linked = link(file, generated);
        LinkException shape = assertThrows(
                LinkException.class,
                () -> linked.function(
                        PROCESSOR, "process", List.of(String.class), Status.class, MethodHandles.lookup()));
        assertTrue(shape.getMessage().contains("a Java record of 3 components"), shape.getMessage());
        LinkException name = assertThrows(
                LinkException.class,
                () -> linked.function(
                        PROCESSOR, "proces", List.of(Transaction.class), Status.class, MethodHandles.lookup()));
        assertInstanceOf(LinkException.class, name);
        assertTrue(name.getMessage().contains("`" + PROCESSOR + "#proces`"), name.getMessage());
    }
}
