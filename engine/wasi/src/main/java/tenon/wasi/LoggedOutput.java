package tenon.wasi;

import static java.lang.invoke.MethodType.methodType;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.core.Trap;
import tenon.runtime.HostInterface;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Store;
import tenon.types.LinkException;
import tenon.wasi.cli.StandardOutput;
import tenon.wasi.io.ByteSink;
import tenon.wasi.io.IoError;
import tenon.wasi.io.OutputStream;

/**
 * Standard output that goes to a component, a line at a time: to its export {@code wasi:logging/logging@0.1.0-draft}, as {@code
 * log(level, context, message)} with the stream's name as the context. Confined to the Store.
 *
 * <p>Policy: the component that writes is linked as it is, and does not notice. Each of its stores has an instance of the logger, made with
 * the first line, in a store of its own that ends after it and is stopped with it. What follows the last end of a line is logged when the
 * store closes; a line longer than 64 KiB is logged in pieces. A logger that traps gets no further line, and the writer sees an error.
 */
public final class LoggedOutput implements ByteSink, AutoCloseable {
    /** The interface that a logger exports. */
    public static final String LOGGING = "wasi:logging/logging@0.1.0-draft";

    private static final int LONGEST = 64 << 10;
    private static final Capacity OPEN = new Capacity.Open(OutputStream.PERMIT);

    /** {@code level} of wasi:logging. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR,
        CRITICAL
    }

    private final LinkedComponent logger;
    private final MethodHandle log;
    private final Level level;
    private final String context;
    private final Store store;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable Instance instance;
    private @Nullable IoError failure;

    private LoggedOutput(LinkedComponent logger, MethodHandle log, Level level, String context, Store store) {
        this.logger = logger;
        this.log = log;
        this.level = level;
        this.context = context;
        this.store = store;
    }

    /** Whether a component can be a logger. */
    public static boolean isLogger(LinkedComponent component) {
        return component.exports(LOGGING, "log");
    }

    /**
     * Has {@code wasi:cli/stdout} of what {@code linker} links go to a logger, at level {@code info}.
     *
     * @param logger stays the caller's to close
     * @throws LinkException if it does not export {@code wasi:logging/logging}
     */
    public static void redirectStdout(Linker linker, LinkedComponent logger) {
        redirect(linker, StandardOutput.STDOUT, logger, Level.INFO, "stdout");
    }

    /** The same for {@code wasi:cli/stderr}, at level {@code warn}. */
    public static void redirectStderr(Linker linker, LinkedComponent logger) {
        redirect(linker, StandardOutput.STDERR, logger, Level.WARN, "stderr");
    }

    private static void redirect(
            Linker linker, HostInterface stream, LinkedComponent logger, Level level, String context) {
        MethodHandle log = logger.function(
                LOGGING, "log", List.of(Level.class, String.class, String.class), void.class, MethodHandles.lookup());
        assert log.type().equals(methodType(void.class, Instance.class, Level.class, String.class, String.class));
        linker.define(stream, store -> {
            var sink = new LoggedOutput(logger, log, level, context, store.inner());
            store.onClose(sink);
            return new StandardOutput(Wasi.readiness(store), sink);
        });
    }

    @Override
    public Capacity capacity() {
        IoError error = failure;
        return error == null ? OPEN : new Capacity.Failed(error);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                end();
            } else {
                line.write(bytes[i]);
                if (line.size() >= LONGEST) {
                    end();
                }
            }
        }
    }

    private void end() {
        String message = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (failure != null) {
            return;
        }
        try {
            Instance present = instance;
            if (present == null) {
                present = logger.instantiate(store);
                instance = present;
            }
            log.invokeExact(present, level, context, message);
        } catch (Trap trap) {
            failure = IoError.of("the logger failed: " + trap.getMessage());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a call throws nothing else", e);
        }
    }

    /** Lines are logged when they end. */
    @Override
    public void flush() {}

    @Override
    public void close() {
        if (line.size() > 0) {
            end();
        }
    }
}
