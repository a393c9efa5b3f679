package tenon.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tenon completion SHELL}: prints a script that completes commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a script that completes commands and options in a shell.",
        footer = {
            "",
            "bash: source <(tenon completion bash)",
            "zsh:  source <(tenon completion zsh)",
            "fish: tenon completion fish | source"
        })
final class Completion implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Named as people type them. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    Completion(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        CommandLine tenon = spec.root().commandLine();
        switch (shell) {
            // one script for both: it turns zsh's bash compatibility on by itself
            case bash, zsh -> console.out().print(AutoComplete.bash(tenon.getCommandName(), tenon));
            case fish -> fish(tenon).forEach(console.out()::println);
        }
    }

    private static List<String> fish(CommandLine tenon) {
        var lines = new ArrayList<String>();
        for (OptionSpec option : tenon.getCommandSpec().options()) {
            lines.add("complete -c tenon -n __fish_use_subcommand" + fishOption(option));
        }
        tenon.getSubcommands().forEach((name, command) -> {
            var usage = command.getCommandSpec().usageMessage();
            lines.add(
                    "complete -c tenon -n __fish_use_subcommand -f -a " + name + " -d " + quoted(usage.description()));
            for (OptionSpec option : command.getCommandSpec().options()) {
                lines.add("complete -c tenon -n '__fish_seen_subcommand_from " + name + "'" + fishOption(option));
            }
        });
        return lines;
    }

    private static String fishOption(OptionSpec option) {
        var line = new StringBuilder();
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            line.append(" -r");
        }
        return line.append(" -d ").append(quoted(option.description())).toString();
    }

    private static String quoted(String[] description) {
        String first = description.length == 0 ? "" : description[0];
        return "'" + first.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
