package tenon.host.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import tenon.wasi.http.Field;

/** Between the library's fields and WASI's: both sides hold one character or byte per byte on the wire. */
final class FieldSections {
    private FieldSections() {}

    /** All fields but those that are the host's own. */
    static List<Field> visible(HttpFields fields) {
        var visible = new ArrayList<Field>(fields.size());
        for (HttpField field : fields) {
            if (!Field.isForbidden(field.getName())) {
                String value = field.getValue();
                byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.ISO_8859_1);
                visible.add(new Field(field.getName(), bytes));
            }
        }
        return visible;
    }

    /** The same with names in lower case: a request reads alike to a guest whether it came by HTTP/1.1 or by HTTP/2. */
    static List<Field> visibleInLowerCase(HttpFields fields) {
        return visible(fields).stream()
                .map(field -> new Field(field.name().toLowerCase(Locale.ROOT), field.value()))
                .toList();
    }

    static void put(HttpFields.Mutable to, List<Field> fields) {
        fields.forEach(field -> to.add(field.name(), field.text()));
    }
}
