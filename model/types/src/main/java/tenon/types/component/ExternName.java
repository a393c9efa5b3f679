package tenon.types.component;

import tenon.types.InvalidException;
import tenon.types.Place;

/**
 * The name of an import or export: Explainer.md, "Import and Export Definitions". {@code toString} gives back the text that was
 * read.
 */
public sealed interface ExternName permits PlainName, InterfaceName {

    /** Reads any extern name; {@code place} is where an error points at. */
    static ExternName parse(String text, Place place) {
        if (text.startsWith("[")) {
            return PlainName.parse(text, place);
        }
        if (text.indexOf('=') >= 0) {
            throw new InvalidException(
                    place, "`" + text + "` is not a valid extern name, expected a label or the name of an interface");
        }
        if (text.indexOf(':') >= 0) {
            return InterfaceName.parse(text, place);
        }
        if (text.indexOf('/') >= 0 || text.indexOf('@') >= 0) {
            throw new InvalidException(
                    place, "`" + text + "` is not a valid extern name, `" + text + "` is not in kebab case");
        }
        return PlainName.parse(text, place);
    }

    /** Names of one scope must differ in this form: Explainer.md, "Name Uniqueness". */
    String uniqueForm();
}
