package tenon.core.compile;

import java.util.List;
import tenon.types.core.FieldType;
import tenon.types.core.RefType;
import tenon.types.core.StructType;

/**
 * Where a structure keeps its fields: numbers in one array, references in another, each in the order of the fields. A subtype
 * has its supertype's fields first, and therefore in the same slots. Immutable.
 */
public final class StructSlots {
    private final int[] slots;
    private final int numbers;
    private final int references;

    private StructSlots(int[] slots, int numbers, int references) {
        this.slots = slots;
        this.numbers = numbers;
        this.references = references;
    }

    public static StructSlots of(StructType type) {
        List<FieldType> fields = type.fields();
        var slots = new int[fields.size()];
        int numbers = 0;
        int references = 0;
        for (int i = 0; i < slots.length; i++) {
            slots[i] = isReference(fields.get(i)) ? references++ : numbers++;
        }
        return new StructSlots(slots, numbers, references);
    }

    /** Whether a field's slot is one of references. */
    public static boolean isReference(FieldType field) {
        return field.storage() instanceof FieldType.Storage.Value(RefType _);
    }

    /** The slot of a field, among those of its sort. */
    public int slot(int field) {
        return slots[field];
    }

    /** How many slots of numbers there are. */
    public int numbers() {
        return numbers;
    }

    /** How many slots of references there are. */
    public int references() {
        return references;
    }
}
