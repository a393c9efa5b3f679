package tenon.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code tenon completion SHELL}: prints a script that completes commands and options. */
record Completion(Console console) implements Command {

    /** Named as people type them. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Override
    public String name() {
        return "completion";
    }

    @Override
    public boolean asksAboutOthers() {
        return true;
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Print a script that completes commands and options in a shell.");
        spec.usageMessage()
                .footer(
                        "",
                        "bash: source <(tenon completion bash)",
                        "zsh:  source <(tenon completion zsh)",
                        "fish: tenon completion fish | source");
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("SHELL")
                .type(Shell.class)
                .required(true)
                .description("One of: ${COMPLETION-CANDIDATES}.")
                .build());
    }

    @Override
    public int run(ParseResult arguments) {
        CommandLine tenon = arguments.commandSpec().root().commandLine();
        Shell shell = arguments.matchedPositional(0).getValue();
        switch (shell) {
            // one script for both: it turns zsh's bash compatibility on by itself
            case bash, zsh -> console.out().print(AutoComplete.bash(tenon.getCommandName(), tenon));
            case fish -> fish(tenon).forEach(console.out()::println);
        }
        return Tenon.DONE;
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
