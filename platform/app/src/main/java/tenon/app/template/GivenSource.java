package tenon.app.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.app.ManifestException;
import tenon.app.Problems;
import tenon.types.Place;

/** Values that were given by hand, on the command line or in a configuration. Immutable. */
public record GivenSource(Map<String, String> values) implements VariableSource {
    public GivenSource {
        values = Map.copyOf(values);
    }

    /**
     * From {@code NAME=VALUE} each; of two with the same name the later one counts.
     *
     * @throws ManifestException if one is not of that form
     */
    public static GivenSource parse(List<String> texts) {
        var problems = new Problems();
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            String fault = equals < 0 ? "expected `NAME=VALUE`" : VariableName.fault(name);
            if (fault != null) {
                problems.add(Place.NOWHERE, "`" + name + "` gives no variable, " + fault);
            } else {
                values.put(name, text.substring(equals + 1));
            }
        }
        problems.throwIfAny();
        return new GivenSource(values);
    }

    @Override
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
