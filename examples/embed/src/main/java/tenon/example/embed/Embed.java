package tenon.example.embed;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;

/** {@code Embed FILE ID AMOUNT CURRENCY}: asks a banking component, written in C, whether it approves a payment. */
public final class Embed {
    // what the component's WIT calls record transaction and variant status
    record Transaction(String id, int amount, String currency) {}

    sealed interface Status {
        record Approved() implements Status {}

        record Rejected(String reason) implements Status {}
    }

    private Embed() {}

    public static void main(String[] args) throws Throwable {
        var component = ComponentDecoder.decode(Files.readAllBytes(Path.of(args[0])));
        LinkedComponent linked = new Linker().link(Runtime.create(), component);
        MethodHandle process = linked.function(
                "cyber:finance/processor@0.1.0",
                "process",
                List.of(Transaction.class),
                Status.class,
                MethodHandles.lookup());
        try (Store store = Store.open()) {
            var transaction = new Transaction(args[1], Integer.parseInt(args[2]), args[3]);
            var status = (Status) process.invoke(linked.instantiate(store), transaction);
            System.out.println(
                    switch (status) {
                        case Status.Approved() -> "approved";
                        case Status.Rejected(String reason) -> "rejected: " + reason;
                    });
        }
    }
}
