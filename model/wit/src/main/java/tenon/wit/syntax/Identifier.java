package tenon.wit.syntax;

/** A name as written, without the {@code %} of its explicit form: WIT.md, "WIT Identifiers". */
public record Identifier(String name, Spot spot) {
    @Override
    public String toString() {
        return name;
    }
}
