package tenon.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ParameterException;
import tenon.app.ManifestException;
import tenon.app.Problem;
import tenon.compose.source.CompositionException;
import tenon.core.Trap;
import tenon.types.Actor;
import tenon.types.Place;
import tenon.types.TenonException;
import tenon.wit.Diagnostic;
import tenon.wit.WitException;

/**
 * How an error reaches the person: {@code error: } and the fact on one line, its place below; a stack trace only if asked for.
 *
 * @param trace whether to print the stack trace, too
 */
record ErrorReport(Console console, boolean trace) {

    private static final int MOST_FRAMES = 16;

    /** Control and format characters, with which terminals are steered and text is turned round; new lines are none of them. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\t\\n]]");

    /** Prints {@code error} and returns the exit code that it means. */
    int of(Throwable error) {
        if (error instanceof UncheckedIOException && error.getCause() instanceof IOException cause) {
            return of(cause);
        }
        switch (error) {
            case ManifestException many -> many.problems().forEach(problem -> found(problem.fact(), problem.place()));
            case WitException several -> several.diagnostics().forEach(this::diagnostic);
            case CompositionException composition -> composition(composition);
            case TenonException known -> known(known);
            case ParameterException mistake -> mistake(mistake);
            case NoSuchFileException missing -> headline("file `" + missing.getFile() + "` does not exist");
            case FileNotFoundException missing -> headline(String.valueOf(missing.getMessage()));
            case AccessDeniedException denied -> headline("file `" + denied.getFile() + "` may not be read");
            case IOException failed -> headline(sayingSomething(failed));
            case OutOfMemoryError exhausted -> headline("the JVM is out of memory: " + exhausted.getMessage());
            default -> fault(error);
        }
        if (trace) {
            error.printStackTrace(console.err());
        }
        return code(error);
    }

    /** Whoever must act decides: what the user gave is wrong, or the work on it failed. */
    private static int code(Throwable error) {
        return switch (error) {
            case TenonException known -> known.actor() == Actor.USER ? Tenon.USAGE : Tenon.FAILED;
            case ParameterException _, NoSuchFileException _, FileNotFoundException _, AccessDeniedException _ ->
                Tenon.USAGE;
            default -> Tenon.FAILED;
        };
    }

    private void composition(CompositionException error) {
        found(
                String.join(
                        ": ",
                        Stream.concat(Stream.of(error.fact()), error.reasons().stream())
                                .toList()),
                error.place());
        error.notes().forEach(note -> {
            detail(note.text());
            place(note.place());
        });
        error.hint().ifPresent(hint -> detail("hint: " + hint));
    }

    private void diagnostic(Diagnostic problem) {
        found(problem.fact(), problem.place());
        problem.hint().ifPresent(hint -> detail("hint: " + hint));
    }

    private void known(TenonException error) {
        found(error.fact(), error.place());
        if (error instanceof Trap && !trace) {
            guestFrames(error);
        }
        if (error.actor() == Actor.BUG) {
            askForReport();
        }
    }

    /** Where the guest was: frames of the host say nothing to whoever wrote it. */
    private void guestFrames(TenonException trap) {
        List<StackTraceElement> frames = Stream.of(trap.getStackTrace())
                .filter(frame -> String.valueOf(frame.getFileName()).startsWith("wasm"))
                .toList();
        frames.stream().limit(MOST_FRAMES).forEach(frame -> detail("at " + frame));
        if (frames.size() > MOST_FRAMES) {
            detail("and " + (frames.size() - MOST_FRAMES) + " more, which --verbose shows");
        }
    }

    /** Prints what is not as it should be, and does no harm. */
    void warn(Problem problem) {
        console.err().println("warning: " + harmless(problem.fact()));
        place(problem.place());
    }

    private void found(String fact, Place found) {
        headline(fact);
        place(found);
    }

    private void place(Place found) {
        switch (found) {
            case Place.Nowhere _ -> {}
            case Place.ByteOffset offset -> detail(offset.describe());
            case Place.ManifestKey key -> detail("in " + key.describe());
            case Place.TextPosition text -> {
                detail("in " + text.describe());
                text.caret().lines().forEach(line -> console.err().println("  | " + line));
            }
        }
    }

    private void mistake(ParameterException error) {
        headline(new Mistake(error).fact());
        detail("see `" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help`");
    }

    private void fault(Throwable error) {
        String message = error.getMessage();
        headline(error.getClass().getName() + (message == null ? "" : ": " + message));
        askForReport();
    }

    private void askForReport() {
        detail("this is a fault of tenon and not of the guest; please report it with the output of --verbose");
    }

    private void headline(String fact) {
        console.err().println(console.alarming("error:") + " " + harmless(fact));
    }

    private void detail(String line) {
        console.err().println("  " + harmless(line));
    }

    /**
     * What a terminal shows as it stands: names in a message are chosen by whoever made the file. Lines after the first are indented, so
     * that none looks like a message of its own.
     */
    private static String harmless(String text) {
        String lines = text.replace(System.lineSeparator(), "\n");
        return UNSEEN.matcher(lines).replaceAll("\ufffd").replaceAll("\n(?!  )", "\n  ");
    }

    private static String sayingSomething(Exception error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getName() : message;
    }
}
