package tenon.wasm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part of WebAssembly that came after version 1.0 and can be switched off, or a proposal that can be switched on. */
public enum Feature {
    // WebAssembly 2.0

    /** Mutable globals that are imported or exported. */
    MUTABLE_GLOBAL,
    /** Conversions of floats to integers that do not trap. */
    SATURATING_FLOAT_TO_INT,
    /** {@code i32.extend8_s} and those like it. */
    SIGN_EXTENSION,
    /** Several results, and blocks with parameters. */
    MULTI_VALUE,
    /** References as values, several tables, instructions on tables. */
    REFERENCE_TYPES,
    /** Passive segments, and instructions that copy and fill. */
    BULK_MEMORY,
    /** Vectors. Tenon does not have them; if this is off they are invalid instead of not supported. */
    SIMD,

    // WebAssembly 3.0

    /** Integer addition, subtraction and multiplication in constant expressions. */
    EXTENDED_CONST,
    TAIL_CALL,
    /** Several memories in one module. */
    MULTI_MEMORY,
    /** Memories and tables with 64-bit addresses. */
    MEMORY64,
    /** References to functions by their type: non-nullable and concrete reference types, {@code call_ref}. */
    FUNCTION_REFERENCES,
    /** Structures, arrays, scalar references, subtypes, recursive types, casts. */
    GC,
    /** Tags, {@code throw}, {@code try_table}. */
    EXCEPTIONS,

    // proposals

    /** The proposal of this name: memories that threads share, atomic instructions. They are validated and do not run. */
    THREADS,
    /** The proposal of this name: memories with pages of one byte. */
    CUSTOM_PAGE_SIZES;

    /** Its name in options. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The feature of this name, as tools write it: {@code function-references}. */
    public static Optional<Feature> named(String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
    }
}
