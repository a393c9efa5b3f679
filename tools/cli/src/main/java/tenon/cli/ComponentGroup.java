package tenon.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tenon component COMMAND}: what is about components as files. */
record ComponentGroup(Console console) implements Command {
    @Override
    public String name() {
        return "component";
    }

    private List<Command> commands() {
        return List.of(
                new ComponentNew(console),
                new ComponentEmbed(console),
                new ComponentLink(console),
                new ComponentUnbundle(console),
                new SemverCheck(console),
                new Targets(console));
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Make components of core modules, take them apart, compare them with worlds.");
        spec.usageMessage().synopsisSubcommandLabel("COMMAND").commandListHeading("%nCommands:%n");
        commands().forEach(command -> spec.addSubcommand(command.name(), command.spec()));
        return spec;
    }

    @Override
    public int run(ParseResult arguments) throws Exception {
        if (!arguments.hasSubcommand()) {
            throw new UsageException("no command is given, expected one of those that `tenon component --help` lists");
        }
        ParseResult own = arguments.subcommand();
        for (Command command : commands()) {
            if (command.name().equals(own.commandSpec().name())) {
                return command.run(own);
            }
        }
        throw new AssertionError(own.commandSpec().name());
    }
}
