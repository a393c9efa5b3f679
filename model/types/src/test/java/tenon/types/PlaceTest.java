package tenon.types;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlaceTest {

    @Test
    void caretStandsUnderTheColumnBehindTabs() {
        var place = new Place.TextPosition("a.wat", 3, 4, "\tab c");
        assertEquals("a.wat:3:4", place.describe());
        assertEquals("\tab c" + System.lineSeparator() + "\t  ^", place.caret());
    }

    @Test
    void caretMayStandBehindTheLine() {
        assertEquals("ab" + System.lineSeparator() + "  ^", new Place.TextPosition("a", 1, 9, "ab").caret());
    }

    @Test
    void longLineIsShownAroundTheColumn() {
        var place = new Place.TextPosition("a", 1, 501, "x".repeat(500) + "y" + "x".repeat(500));
        String x = "x".repeat(100);
        assertEquals(
                "…" + x + "y" + x.substring(1) + "…" + System.lineSeparator() + " ".repeat(101) + "^", place.caret());
    }
}
