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
        fish(tenon, "__fish_use_subcommand", "", lines);
        return lines;
    }

    /**
     * The options of a command, and its commands with theirs.
     *
     * @param here the condition under which its own options and commands come next
     * @param seen the condition that the command was seen, ending in {@code "; and "}; empty at the root
     */
    private static void fish(CommandLine command, String here, String seen, List<String> lines) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            lines.add("complete -c tenon -n '" + here + "'" + fishOption(option));
        }
        command.getSubcommands().forEach((name, inner) -> {
            var usage = inner.getCommandSpec().usageMessage();
            lines.add("complete -c tenon -n '" + here + "' -f -a " + name + " -d " + quoted(usage.description()));
            String found = seen + "__fish_seen_subcommand_from " + name;
            String further = String.join(" ", inner.getSubcommands().keySet());
            fish(
                    inner,
                    further.isEmpty() ? found : found + "; and not __fish_seen_subcommand_from " + further,
                    found + "; and ",
                    lines);
        });
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
