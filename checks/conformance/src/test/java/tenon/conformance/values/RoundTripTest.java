package tenon.conformance.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tenon.component.Component;
import tenon.component.ComponentFeature;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.conformance.values.Parts.Part;
import tenon.conformance.values.RandomProgram.Way;
import tenon.runtime.Runtime;
import tenon.runtime.value.Value;

/**
 * Values of random types come back as they were, from the host through guests and back, by generated adapters and by interpreted ones, from
 * dynamic and from typed Java. {@code -Dtenon.roundtrip.types=N} asks for more types than the ordinary build has, and {@code
 * -Dtenon.roundtrip.first=N} for those from another seed on.
 */
@Tag("suite")
class RoundTripTest {
    private static final int FIRST = Integer.getInteger("tenon.roundtrip.first", 0);
    private static final int TYPES = Integer.getInteger("tenon.roundtrip.types", 60);
    private static final int VALUES = Integer.getInteger("tenon.roundtrip.values", 50);

    /** Seeds that have found something wrong: a stream of the host in a future of the host that two guests had passed on. */
    private static final List<Integer> FOUND = List.of(463);

    /** As many go through one instance. */
    private static final int TOGETHER = 25;

    /** As many sources are compiled at a time. */
    private static final int BATCH = 30;

    private static final ComponentFeatures FEATURES = ComponentFeatures.DEFAULT
            .with(ComponentFeature.ERROR_CONTEXT)
            .with(ComponentFeature.FIXED_LENGTH_LISTS)
            .with(ComponentFeature.MEMORY64);

    private final Runtime generated = Runtime.create();
    private final Runtime interpreted = generated.withGeneratedAdapters(false);
    private long passed;

    /** One of the ways of a value through a program. */
    private record Route(boolean generates, RoundTrip.Forms forms) {
        static List<Route> of(RandomProgram program) {
            var routes = new ArrayList<Route>();
            for (boolean generates : new boolean[] {true, false}) {
                for (boolean typed : new boolean[] {true, false}) {
                    routes.add(new Route(generates, new RoundTrip.Forms(typed, typed ^ program.seed() % 2 == 0)));
                }
            }
            return routes;
        }
    }

    @Test
    void valuesComeBackAsTheyWere() {
        for (int first = FIRST; first < FIRST + TYPES; first += BATCH) {
            check(IntStream.range(first, Math.min(first + BATCH, FIRST + TYPES)));
        }
        check(FOUND.stream().mapToInt(seed -> seed));
        int types = TYPES + FOUND.size();
        assertEquals(4L * types * VALUES, passed);
        System.getLogger(RoundTripTest.class.getName())
                .log(System.Logger.Level.INFO, "values={0} types={1} first={2}", passed, types, FIRST);
    }

    private void check(IntStream seeds) {
        List<RandomProgram> programs = seeds.mapToObj(RandomProgram::of).toList();
        var compiled = new Compiled(programs.stream().map(TypedSource::new).toList());
        programs.forEach(program -> check(program, compiled));
    }

    private void check(RandomProgram program, Compiled compiled) {
        Component component = ComponentDecoder.decode(program.binary(), FEATURES);
        for (Route route : Route.of(program)) {
            var values = new RandomValues(program.seed());
            try (RoundTrip trip = trip(route, program, component, compiled.of(new TypedSource(program)))) {
                for (int done = 0; done < VALUES; done += TOGETHER) {
                    List<Value> described = IntStream.range(done, Math.min(done + TOGETHER, VALUES))
                            .mapToObj(_ -> values.of(program.type()))
                            .toList();
                    trip.difference(described).ifPresent(found -> report(route, program, described, found));
                    passed += described.size();
                }
            }
        }
    }

    private RoundTrip trip(Route route, RandomProgram program, Component component, Class<?> typed) {
        return new RoundTrip(route.generates ? generated : interpreted, program, component, typed, route.forms);
    }

    /** Fails with the smallest value that shows a difference, should one alone show it. */
    private void report(Route route, RandomProgram program, List<Value> described, String found) {
        for (Value each : described) {
            var whole = new Part(program.type(), each);
            if (difference(route, program, whole).isPresent()) {
                Part small = new Shrinking(part -> (program.way() != Way.PUMP || Shrinking.isEnd(part.type()))
                                && difference(route, program, part).isPresent())
                        .shrink(whole);
                fail(where(route, program) + ", type " + small.type() + ", value " + small.value() + ": "
                        + difference(route, program, small).orElse("no difference any more"));
            }
        }
        fail(where(route, program) + ", type " + program.type() + ", of several values: " + found);
    }

    private static String where(Route route, RandomProgram program) {
        return "seed " + program.seed() + ", " + (route.generates ? "generated" : "interpreted") + ", " + program.way()
                + ", " + route.forms + ", outer " + program.outer() + ", inner " + program.inner();
    }

    private Optional<String> difference(Route route, RandomProgram program, Part part) {
        RandomProgram other = program.with(part.type());
        var source = new TypedSource(other);
        try (RoundTrip trip = trip(
                route,
                other,
                ComponentDecoder.decode(other.binary(), FEATURES),
                new Compiled(List.of(source)).of(source))) {
            return trip.difference(List.of(part.value()));
        }
    }
}
