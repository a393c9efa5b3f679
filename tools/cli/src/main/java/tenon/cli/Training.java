package tenon.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What the JVM watches when the launcher lets it write its AOT cache: the commands that people wait for, run for real.
 *
 * <p>{@code java -XX:AOTCacheOutput=FILE tenon.cli.Training COMPONENT}, where the component answers HTTP requests.
 */
final class Training {

    private Training() {}

    public static void main(String[] arguments) {
        System.exit(run(Path.of(arguments[0])));
    }

    /** Runs all commands; returns the first exit code that is not {@link Tenon#DONE}, or that. */
    static int run(Path component) {
        for (List<String> words : List.of(List.of("--help"), List.of("validate", component.toString()))) {
            int code = Tenon.run(quiet(), words.toArray(String[]::new));
            if (code != Tenon.DONE) {
                return code;
            }
        }
        return Tenon.DONE;
    }

    private static Console quiet() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Console(InputStream.nullInputStream(), nowhere, nowhere, false, false);
    }
}
