package tenon.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.component.world.World;
import tenon.runtime.Linker;
import tenon.runtime.wave.Wave;
import tenon.types.component.ExternType;
import tenon.types.component.InstanceType;
import tenon.types.component.ValueExtern;
import tenon.types.component.ValueType;

/** Values that a guest imports: {@code --value NAME=WAVE}. */
final class GivenValues {
    private static final String OPTION = "--value";

    private GivenValues() {}

    static void describe(CommandSpec spec) {
        spec.addOption(Grants.list(
                OPTION,
                "NAME=WAVE",
                "Give the guest a value that it imports, in WAVE: 'port=8080'; one of an interface as 'a:b/c#port=8080'; may be"
                        + " repeated."));
    }

    /** Has a linker offer what the options give; the component says of which types. */
    static void give(ParseResult arguments, Linker linker, Component component) {
        if (Grants.values(arguments, OPTION).isEmpty()) {
            return;
        }
        World world = World.of(component);
        for (String each : Grants.values(arguments, OPTION)) {
            // a name has no equals sign, and a value may have any
            int equals = each.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("`" + OPTION + " " + each + "` gives nothing, expected `NAME=WAVE`");
            }
            String name = each.substring(0, equals);
            int hash = name.indexOf('#');
            String interfaceName = hash < 0 ? "" : name.substring(0, hash);
            String label = name.substring(hash + 1);
            ValueType type = type(world, interfaceName, label)
                    .orElseThrow(() -> new UsageException(
                            "`" + OPTION + " " + each + "`: the component imports no value `" + name + "`"));
            linker.value(interfaceName, label, Wave.parse(each.substring(equals + 1), type, OPTION + " " + name));
        }
    }

    private static Optional<ValueType> type(World world, String interfaceName, String label) {
        String wanted = interfaceName.isEmpty() ? label : interfaceName;
        return world.imports().stream()
                .filter(each -> each.name().text().equals(wanted))
                .map(World.Extern::type)
                .flatMap(type -> interfaceName.isEmpty() ? Optional.of(type).stream() : export(type, label).stream())
                .filter(ValueExtern.class::isInstance)
                .map(type -> ((ValueExtern) type).type())
                .findFirst();
    }

    private static Optional<ExternType> export(ExternType type, String label) {
        return type instanceof InstanceType instance
                ? Optional.ofNullable(instance.exports().get(label))
                : Optional.empty();
    }
}
