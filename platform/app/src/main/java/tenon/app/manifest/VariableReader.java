package tenon.app.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import tenon.app.template.Variable;

/** Reads the variables that an application declares. */
final class VariableReader {
    private VariableReader() {}

    static Map<String, Variable> read(Section top, String key) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        top.sections(key).forEach((name, section) -> variables.put(name, variable(name, section)));
        return variables;
    }

    private static Variable variable(String name, Section section) {
        checkName(name, section);
        String description = section.optionalText("description");
        boolean required = section.truth("required");
        String defaultValue = section.optionalText("default");
        boolean secret = section.truth("secret");
        section.end();
        if (!required && defaultValue == null) {
            section.problems()
                    .add(
                            section.place(),
                            "`" + section.path() + "` has no value, expected `default = \"…\"` or `required = true`");
        }
        if (required && defaultValue != null) {
            section.problems()
                    .add(
                            section.keyPlaceOf("default"),
                            "`" + section.path() + "` is required and has a default, expected one of them");
        }
        return new Variable(name, description, defaultValue, secret, section.place());
    }

    static void checkName(String name, Section section) {
        String fault = Identifier.lowerSnakeFault(name);
        if (fault != null) {
            section.problems().add(section.place(), "`" + name + "` is not the name of a variable, " + fault);
        }
    }
}
