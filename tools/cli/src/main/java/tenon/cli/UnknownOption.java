package tenon.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Finds the first word of a command line that looks like an option and is none. */
final class UnknownOption {
    private UnknownOption() {}

    /** The error that names it, if there is one among the words after the command's name. */
    static Optional<UnmatchedArgumentException> in(CommandLine command, String... arguments) {
        Map<String, OptionSpec> options = command.getCommandSpec().optionsMap();
        for (int i = 1; i < arguments.length && !arguments[i].equals("--"); i++) {
            String word = arguments[i];
            if (word.startsWith("-") && word.length() > 1) {
                int equals = word.indexOf('=');
                @Nullable OptionSpec option = options.get(equals < 0 ? word : word.substring(0, equals));
                if (option == null) {
                    return Optional.of(new UnmatchedArgumentException(command, List.of(word)));
                }
                i += equals < 0 ? option.arity().min() : 0; // its value may look like anything
            }
        }
        return Optional.empty();
    }
}
