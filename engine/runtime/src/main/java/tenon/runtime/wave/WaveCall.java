package tenon.runtime.wave;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.runtime.value.Value;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.types.component.FunctionType;
import tenon.types.component.OptionType;
import tenon.types.component.ValueType;

/** A function call as text, {@code name(argument, …)}: first read, then, when the function is known, typed. Immutable. */
public final class WaveCall {
    private final WaveSource source;
    private final String name;
    private final List<WaveNode> arguments;

    private WaveCall(WaveSource source, String name, List<WaveNode> arguments) {
        this.source = source;
        this.name = name;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Reads a call.
     *
     * @param origin what the text is called in errors
     * @throws MalformedException if the text does not follow the grammar
     */
    public static WaveCall parse(String text, String origin) {
        var source = new WaveSource(text, origin);
        var parser = new WaveParser(source);
        String name = parser.readFunctionName();
        return new WaveCall(source, name, parser.readArguments());
    }

    /** What stands in front of the parenthesis: a label, or an interface's name and a label in whatever form the caller looks up. */
    public String name() {
        return name;
    }

    /**
     * The arguments as values of the parameters' types; options at the end may be left out.
     *
     * @throws InvalidException if number or types do not fit
     */
    public List<Value> arguments(FunctionType type) {
        var typing = new WaveTyping(source);
        var values = new ArrayList<Value>();
        for (int i = 0; i < type.params().size(); i++) {
            ValueType param = type.params().get(i).type();
            if (i < arguments.size()) {
                values.add(typing.value(arguments.get(i), param));
            } else if (param instanceof OptionType) {
                values.add(new Value.Option(Optional.empty()));
            } else {
                throw source.invalid(
                        0,
                        "`" + name + "` takes " + counted(type) + ", found " + arguments.size() + ": argument `"
                                + type.params().get(i).label() + "` is missing");
            }
        }
        if (arguments.size() > type.params().size()) {
            throw source.invalid(
                    arguments.get(type.params().size()).start(),
                    "`" + name + "` takes " + counted(type) + ", found " + arguments.size());
        }
        return values;
    }

    private static String counted(FunctionType type) {
        int count = type.params().size();
        return count == 1 ? "1 argument" : count + " arguments";
    }
}
