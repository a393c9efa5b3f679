package tenon.make.names;

import java.util.Optional;
import tenon.types.component.ValueType;
import tenon.wit.InterfaceId;
import tenon.wit.TypeId;
import tenon.wit.World;

/**
 * The stream or future that a built-in is about: that of a function, by its number, or one without a type.
 *
 * @param name the import's name
 * @param key what the import belongs to
 * @param imported whether the function is imported
 * @param use empty for a stream or future without a type
 */
public record Payload(
        String name, Kind kind, World.Key key, Optional<InterfaceId> owner, boolean imported, Optional<Use> use) {

    /** Whether it is a stream or a future. */
    public enum Kind {
        STREAM,
        FUTURE
    }

    /** Where a stream or future with a type stands in a function. */
    public record Use(String function, TypeId type, ValueType value) {}

    /** What a built-in does to a stream or future. */
    public enum Operation {
        NEW("new", false),
        READ("read", true),
        WRITE("write", true),
        FORWARD("forward", false),
        CANCEL_READ("cancel-read", false),
        CANCEL_WRITE("cancel-write", false),
        DROP_READABLE("drop-readable", false),
        DROP_WRITABLE("drop-writable", false);

        private final String text;
        private final boolean transfers;

        Operation(String text, boolean transfers) {
            this.text = text;
            this.transfers = transfers;
        }

        /** As names have it. */
        public String text() {
            return text;
        }

        /** Whether it moves values, for which it needs a memory. */
        public boolean transfers() {
            return transfers;
        }
    }
}
