package tenon.cli.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tenon.types.MalformedException;
import tenon.wasm.BinaryReader;
import tenon.wasm.Names;

/** Who made a binary, by its own words: "Producers Section" of the tool conventions. Immutable. */
public record Producers(List<Tool> tools) {
    /** Nobody says. */
    public static final Producers NONE = new Producers(List.of());

    public Producers {
        tools = List.copyOf(tools);
    }

    /** A language, a tool or a kit of tools, which {@code field} says. */
    public record Tool(String field, String name, String version) {
        @Override
        public String toString() {
            return Names.shown(version.isEmpty() ? name : name + " " + version);
        }
    }

    /** The content of a custom section; what is malformed in it is left out. */
    static Producers read(byte[] bytes, int start, int end) {
        var tools = new ArrayList<Tool>();
        var in = new BinaryReader(bytes, start, end);
        try {
            int fields = in.length();
            for (int i = 0; i < fields; i++) {
                String field = in.name();
                int values = in.length();
                for (int j = 0; j < values; j++) {
                    tools.add(new Tool(field, in.name(), in.name()));
                }
            }
        } catch (MalformedException _) {
            // custom sections are never wrong, and this one is for people only
            return new Producers(tools);
        }
        return new Producers(tools);
    }

    /** In one line. */
    @Override
    public String toString() {
        return tools.stream().map(Tool::toString).collect(Collectors.joining(", "));
    }
}
