package tenon.make;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import tenon.types.TenonException;
import tenon.wasm.BinaryReader;
import tenon.wasm.BinaryWriter;

/**
 * The custom section {@code producers}: what made a file. Tool conventions, "Producers Section".
 *
 * @param fields by field ({@code language}, {@code processed-by}, {@code sdk}): versions by name
 */
public record Producers(SequencedMap<String, SequencedMap<String, String>> fields) {
    /** The section's name. */
    public static final String SECTION = "producers";

    private static final String NAME = "tenon";
    private static final String VERSION = "0.1.0";

    /** Nothing known. */
    public static Producers none() {
        return new Producers(new LinkedHashMap<>());
    }

    /** Processed by us. */
    public static Producers ours() {
        var tools = new LinkedHashMap<String, String>();
        tools.put(NAME, VERSION);
        var fields = new LinkedHashMap<String, SequencedMap<String, String>>();
        fields.put("processed-by", tools);
        return new Producers(fields);
    }

    /** Reads the section's content; one that is malformed says nothing, since it is for people only. */
    public static Producers read(byte[] content) {
        var fields = new LinkedHashMap<String, SequencedMap<String, String>>();
        var in = new BinaryReader(content, 0, content.length);
        try {
            for (int rest = in.length(); rest > 0; rest--) {
                var values = fields.computeIfAbsent(in.name(), _ -> new LinkedHashMap<>());
                for (int more = in.length(); more > 0; more--) {
                    values.put(in.name(), in.name());
                }
            }
        } catch (TenonException _) {
            return new Producers(fields);
        }
        return new Producers(fields);
    }

    /** These, and those of {@code other} that are not here. */
    public Producers plus(Producers other) {
        var all = new LinkedHashMap<String, SequencedMap<String, String>>();
        fields.forEach((field, values) -> all.put(field, new LinkedHashMap<>(values)));
        other.fields.forEach((field, values) -> {
            Map<String, String> known = all.computeIfAbsent(field, _ -> new LinkedHashMap<>());
            values.forEach(known::putIfAbsent);
        });
        return new Producers(all);
    }

    /** The section's content. */
    public byte[] toByteArray() {
        var out = new BinaryWriter().writeU32(fields.size());
        fields.forEach((field, values) -> {
            out.writeName(field).writeU32(values.size());
            values.forEach((name, version) -> out.writeName(name).writeName(version));
        });
        return out.toByteArray();
    }
}
