package tenon.cli;

import java.nio.file.Path;
import java.util.function.Supplier;
import tenon.types.Actor;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.types.Place;
import tenon.types.TenonException;

/** An error in a binary, with the file that it is in: a byte's number says nothing where a command reads several. */
final class BrokenFile extends TenonException {
    private static final long serialVersionUID = 1L;

    private BrokenFile(Actor actor, Place place, String fact, Throwable cause) {
        super(actor, place, fact, cause);
    }

    /** Does what reads {@code file}; errors at a byte name it. */
    static <T> T reading(Path file, Supplier<T> work) {
        try {
            return work.get();
        } catch (MalformedException | InvalidException error) {
            if (error.place() instanceof Place.ByteOffset) {
                String fact = "file `" + WebAssemblyInput.name(file) + "` is broken: " + error.fact();
                throw new BrokenFile(error.actor(), error.place(), fact, error);
            }
            throw error;
        }
    }
}
