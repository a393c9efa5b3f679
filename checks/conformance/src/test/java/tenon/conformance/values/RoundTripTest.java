package tenon.conformance.values;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.Func;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.value.Value;

/**
 * Values of random types come back as they were, from the host through two guests and back, by generated adapters and by interpreted
 * ones. {@code -Dtenon.roundtrip.types=N} asks for more types than the ordinary build has, a hundred values each in both forms.
 */
@Tag("suite")
class RoundTripTest {
    private static final int TYPES = Integer.getInteger("tenon.roundtrip.types", 60);
    private static final int VALUES = 100;

    @Test
    void valuesComeBackAsTheyWere() {
        Runtime generated = Runtime.create();
        Runtime interpreted = generated.withGeneratedAdapters(false);
        for (int seed = 0; seed < TYPES; seed++) {
            Component component = ComponentDecoder.decode(RandomProgram.binary(seed));
            echo(generated, component, seed);
            echo(interpreted, component, seed);
        }
    }

    private static void echo(Runtime runtime, Component component, int seed) {
        try (LinkedComponent linked = new Linker().link(runtime, component);
                Store store = Store.open()) {
            Func echo = linked.instantiate(store).func("echo");
            var values = new RandomValues(seed);
            for (int i = 0; i < VALUES; i++) {
                var sent = new ArrayList<Value>();
                echo.type().paramTypes().forEach(type -> sent.add(values.of(type)));
                Optional<Value> back = echo.call(sent);
                assertEquals(
                        Optional.of(new Value.Tuple(List.copyOf(sent))),
                        back,
                        () -> "seed " + seed + ", " + echo.type());
            }
        }
    }
}
