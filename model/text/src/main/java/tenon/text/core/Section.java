package tenon.text.core;

import tenon.wasm.BinaryWriter;

/** A section that is a vector, in the making. */
final class Section {
    private final BinaryWriter items = new BinaryWriter();
    private int count;

    /** Where the next item goes; the caller writes exactly one. */
    BinaryWriter next() {
        count++;
        return items;
    }

    int count() {
        return count;
    }

    /** The count, then the items; nothing where there are none. */
    BinaryWriter content() {
        var content = new BinaryWriter();
        return count == 0 ? content : content.writeU32(count).write(items);
    }
}
