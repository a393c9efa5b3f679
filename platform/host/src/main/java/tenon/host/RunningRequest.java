package tenon.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tenon.wasi.io.Readiness;

/** A request under way, and how to stop it. Thread-safe; {@code this} guards the fields. */
final class RunningRequest {
    private final Readiness readiness;
    private final List<Consumer<String>> stops = new ArrayList<>();
    private @Nullable String stopped;
    private boolean timeUp;

    RunningRequest(Readiness readiness) {
        this.readiness = readiness;
    }

    /** Adds what stops the guest; it is called at once if the request was stopped already. */
    void onStop(Consumer<String> stop) {
        String reason;
        synchronized (this) {
            stops.add(stop);
            reason = stopped;
        }
        if (reason != null) {
            stop.accept(reason);
        }
    }

    void timeUp(String reason) {
        synchronized (this) {
            timeUp = true;
        }
        stop(reason);
    }

    synchronized boolean isTimeUp() {
        return timeUp;
    }

    /** Ends the guest's waiting and its computation. */
    void stop(String reason) {
        List<Consumer<String>> all;
        synchronized (this) {
            if (stopped != null) {
                return;
            }
            stopped = reason;
            all = List.copyOf(stops);
        }
        readiness.stop(reason);
        @Nullable RuntimeException failure = null;
        for (Consumer<String> stop : all) {
            try {
                stop.accept(reason);
            } catch (RuntimeException e) {
                // the others must hear of it all the same
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
