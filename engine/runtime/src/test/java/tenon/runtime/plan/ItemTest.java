package tenon.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemTest {

    /** {@code LinkedComponent.exports} promises it, and messages list them. */
    @Test
    void exportsOfAnInstanceKeepTheirOrder() {
        var names = List.of("process", "process-all", "open-books", "close", "a", "b");
        var exports = new LinkedHashMap<String, Item>();
        names.forEach(name -> exports.put(name, Item.Type.TYPE));
        assertEquals(names, new ArrayList<>(new Item.Instance(exports).exports().keySet()));
    }
}
