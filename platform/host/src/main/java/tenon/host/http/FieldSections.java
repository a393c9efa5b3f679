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

    /**
     * All fields but those that are the host's own, with names in lower case: a message reads alike to a guest whether it came by
     * HTTP/1.1 or by HTTP/2, and whichever section it is.
     */
    static List<Field> visible(HttpFields fields) {
        var visible = new ArrayList<Field>(fields.size());
        for (HttpField field : fields) {
            if (!Field.isForbidden(field.getName())) {
                String value = field.getValue();
                byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.ISO_8859_1);
                visible.add(new Field(field.getName().toLowerCase(Locale.ROOT), bytes));
            }
        }
        return visible;
    }

    static void put(HttpFields.Mutable to, List<Field> fields) {
        fields.forEach(field -> to.add(field.name(), field.text()));
    }
}
