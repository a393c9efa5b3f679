package tenon.text.print;

import java.util.HashSet;
import java.util.Set;
import tenon.wasm.BinaryReader;

/** The custom section {@code producers}: "Producers Section" of the tool conventions. */
final class ProducersText {
    private static final Set<String> FIELDS = Set.of("language", "processed-by", "sdk");

    private ProducersText() {}

    /** Prints it, and says whether that tells all that is in it. */
    static boolean print(BinaryReader in, Layout out) {
        out.open("@producers");
        var seen = new HashSet<String>();
        int fields = in.length();
        for (int i = 0; i < fields; i++) {
            String field = in.name();
            int values = in.length();
            if (!FIELDS.contains(field) || !seen.add(field) || values == 0) {
                return false;
            }
            for (int j = 0; j < values; j++) {
                out.entry(field + " " + Quoted.name(in.name()) + " " + Quoted.name(in.name()));
            }
        }
        out.close();
        return in.atEnd();
    }
}
