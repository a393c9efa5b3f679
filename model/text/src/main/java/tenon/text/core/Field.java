package tenon.text.core;

/** A field of a module, after the first pass: its indices are given, and its cursor waits for the second one. */
sealed interface Field
        permits FunctionField,
                TableField,
                MemoryField,
                TagField,
                GlobalField,
                ExportField,
                StartField,
                ElementField,
                DataField {

    /** The second pass: writes what the field stands for into the sections. */
    void assemble(Assembler assembler);
}
