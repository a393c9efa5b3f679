package tenon.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import tenon.types.NearestName;

/** What is wrong with a command's arguments, in our words and not the parser's. */
record Mistake(ParameterException error) {
    /** Words that are longer are not compared with those that are known. */
    private static final int LONGEST = 40;

    String fact() {
        return switch (error) {
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice -> "option `" + name(twice.getOverwritten()) + "` is given twice";
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            default -> value();
        };
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String usage(ArgSpec argument) {
        return argument instanceof OptionSpec option && option.arity().max() > 0
                ? name(argument) + " " + argument.paramLabel()
                : name(argument);
    }

    private static String missing(MissingParameterException missing) {
        List<ArgSpec> all = missing.getMissing();
        boolean valueless = all.size() == 1
                && all.getFirst() instanceof OptionSpec option
                && String.valueOf(missing.getMessage()).contains("for option '" + option.longestName());
        if (valueless) {
            return "option `" + name(all.getFirst()) + "` has no value, expected `" + usage(all.getFirst()) + "`";
        }
        return all.stream().map(each -> "`" + usage(each) + "`").collect(Collectors.joining(" and "))
                + (all.size() == 1 ? " is missing" : " are missing");
    }

    private static String unmatched(UnmatchedArgumentException unmatched) {
        CommandLine command = unmatched.getCommandLine();
        String word = unmatched.getUnmatched().getFirst();
        if (unmatched.isUnknownOption() || word.startsWith("-") && word.length() > 1) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            return "option `" + name + "` does not exist"
                    + meant(
                            name,
                            command.getCommandSpec().optionsMap().keySet().stream()
                                    .collect(Collectors.toMap(each -> each, each -> each)));
        }
        if (command.getSubcommands().isEmpty()) {
            return "argument `" + word + "` is one too many";
        }
        var known = new TreeMap<String, String>();
        collect(command, command.getCommandSpec().qualifiedName(), known);
        String called = command.getParent() == null ? word : command.getCommandName() + " " + word;
        return "command `" + called + "` does not exist" + meant(word, known);
    }

    /** Commands by their last word, those of groups, too. */
    private static void collect(CommandLine command, String path, Map<String, String> known) {
        command.getSubcommands().forEach((name, inner) -> {
            collect(inner, path + " " + name, known);
            known.put(name, path + " " + name);
        });
    }

    private static String meant(String word, Map<String, String> known) {
        return word.length() > LONGEST
                ? ""
                : NearestName.among(known.keySet(), word, Math.clamp(word.length() / 3, 1, 3))
                        .flatMap(near -> Optional.ofNullable(known.get(near)))
                        .map(near -> ", did you mean `" + near + "`?")
                        .orElse("");
    }

    /** A value that is of no use to its option. */
    private String value() {
        ArgSpec argument = error.getArgSpec();
        String given = error.getValue();
        if (argument == null || given == null) {
            return String.valueOf(error.getMessage());
        }
        if (argument instanceof OptionSpec option && option.arity().max() == 0 || argument.type() == boolean.class) {
            return "option `" + name(argument) + "` takes no value, found `" + given + "`";
        }
        String where = argument instanceof OptionSpec ? "`" + name(argument) + " " + given + "`" : "`" + given + "`";
        if (argument.type() == Long.class || argument.type() == Integer.class) {
            return where + " is no whole number, expected `" + usage(argument) + "`";
        }
        Iterable<String> candidates = argument.completionCandidates();
        return candidates == null
                ? where + " does not fit, expected `" + usage(argument) + "`"
                : where + " is no " + argument.paramLabel() + ", expected one of `" + String.join("`, `", candidates)
                        + "`";
    }
}
