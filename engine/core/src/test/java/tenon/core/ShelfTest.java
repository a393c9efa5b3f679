package tenon.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShelfTest {
    @Test
    void theOneUsedLastComesFirst() {
        var shelf = new Shelf<String>();
        assertTrue(shelf.put("a", 2));
        assertTrue(shelf.put("b", 2));
        assertFalse(shelf.put("c", 2));
        assertEquals("b", shelf.take());
        assertTrue(shelf.put("d", 2));
        assertEquals("a", shelf.takeOldest());
        assertEquals("d", shelf.takeOldest());
        assertNull(shelf.take());
        assertEquals(0, shelf.size());
    }

    @Test
    void unneededIsWhatWaitedAllTheTime() {
        var shelf = new Shelf<Integer>();
        for (int i = 0; i < 10; i++) {
            shelf.put(i, 100);
        }
        assertEquals(0, shelf.unneeded(), "none waited from the beginning");
        assertEquals(10, shelf.unneeded());
        Integer one = shelf.take();
        Integer two = shelf.take();
        shelf.put(one, 100);
        shelf.put(two, 100);
        assertEquals(8, shelf.unneeded());
        assertEquals(10, shelf.unneeded());
    }
}
