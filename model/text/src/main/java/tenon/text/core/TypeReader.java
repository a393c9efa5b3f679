package tenon.text.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.core.FieldType;
import tenon.types.core.GlobalType;
import tenon.types.core.HeapType;
import tenon.types.core.Limits;
import tenon.types.core.Limits.AddressType;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.types.core.ValType;
import tenon.types.core.VecType;

/** Types: WebAssembly 3.0, "Types" of chapter "Text Format". */
public final class TypeReader {
    private static final Map<String, ValType> WORDS = new HashMap<>();
    private static final Map<String, HeapType> HEAP_WORDS = new HashMap<>();

    static {
        for (NumType type : NumType.values()) {
            WORDS.put(type.text(), type);
        }
        WORDS.put(VecType.V128.text(), VecType.V128);
        for (HeapType.Abstract heap : HeapType.Abstract.values()) {
            WORDS.put(heap.nullableShorthand(), new RefType(true, heap));
            HEAP_WORDS.put(heap.text(), heap);
        }
    }

    private final IndexSpace types;

    /** A reader whose type indices are those of {@code types}. */
    public TypeReader(IndexSpace types) {
        this.types = types;
    }

    int typeIndex(Cursor cursor) {
        return types.resolve(cursor);
    }

    /** A value type. */
    public ValType valType(Cursor cursor) {
        if (cursor.atOpen("ref")) {
            return refType(cursor);
        }
        ValType type = cursor.at(Token.KEYWORD) ? WORDS.get(cursor.text()) : null;
        if (type == null) {
            throw cursor.unexpected("a value type");
        }
        cursor.skip();
        return type;
    }

    /** Value types up to the parenthesis that closes them. */
    List<ValType> valTypes(Cursor cursor) {
        var list = new ArrayList<ValType>();
        while (!cursor.at(Token.CLOSE)) {
            list.add(valType(cursor));
        }
        return list;
    }

    static boolean atRefType(Cursor cursor) {
        return cursor.atOpen("ref") || (cursor.at(Token.KEYWORD) && WORDS.get(cursor.text()) instanceof RefType);
    }

    RefType refType(Cursor cursor) {
        if (cursor.takeOpen("ref")) {
            boolean nullable = cursor.take("null");
            var type = new RefType(nullable, heapType(cursor));
            cursor.expectClose();
            return type;
        }
        if (cursor.at(Token.KEYWORD) && WORDS.get(cursor.text()) instanceof RefType type) {
            cursor.skip();
            return type;
        }
        throw cursor.unexpected("a reference type");
    }

    HeapType heapType(Cursor cursor) {
        if (IndexSpace.atIndex(cursor)) {
            return new HeapType.Defined(types.resolve(cursor));
        }
        HeapType type = abstractHeapType(cursor);
        if (type == null) {
            throw cursor.unexpected("a heap type");
        }
        return type;
    }

    private static @Nullable HeapType abstractHeapType(Cursor cursor) {
        HeapType type = cursor.at(Token.KEYWORD) ? HEAP_WORDS.get(cursor.text()) : null;
        if (type != null) {
            cursor.skip();
        }
        return type;
    }

    FieldType fieldType(Cursor cursor) {
        if (cursor.takeOpen("mut")) {
            var storage = storage(cursor);
            cursor.expectClose();
            return new FieldType(true, storage);
        }
        return new FieldType(false, storage(cursor));
    }

    private FieldType.Storage storage(Cursor cursor) {
        if (cursor.take("i8")) {
            return FieldType.Storage.Packed.I8;
        }
        return cursor.take("i16") ? FieldType.Storage.Packed.I16 : new FieldType.Storage.Value(valType(cursor));
    }

    /** A global's type. */
    public GlobalType globalType(Cursor cursor) {
        if (cursor.takeOpen("mut")) {
            ValType type = valType(cursor);
            cursor.expectClose();
            return new GlobalType(type, true);
        }
        return new GlobalType(valType(cursor), false);
    }

    /** The address type that is next; {@code i32} where none is. */
    static AddressType addressType(Cursor cursor) {
        if (cursor.take("i64")) {
            return AddressType.I64;
        }
        cursor.take("i32");
        return AddressType.I32;
    }

    private static Limits limits(Cursor cursor) {
        AddressType address = addressType(cursor);
        long min = cursor.expectU64();
        return new Limits(
                address, min, cursor.at(Token.INTEGER) ? OptionalLong.of(cursor.expectU64()) : OptionalLong.empty());
    }

    /** A table's type. */
    public TableType tableType(Cursor cursor) {
        Limits limits = limits(cursor);
        return new TableType(limits, refType(cursor));
    }

    /** A memory's type. */
    public MemoryType memoryType(Cursor cursor) {
        Limits limits = limits(cursor);
        boolean shared = cursor.take("shared");
        return new MemoryType(limits, shared, pageSizeLog2(cursor));
    }

    /** Proposal "custom page sizes": {@code (pagesize N)}, a power of two. */
    static int pageSizeLog2(Cursor cursor) {
        if (!cursor.takeOpen("pagesize")) {
            return MemoryType.PAGE_SIZE_LOG2;
        }
        int token = cursor.index();
        int size = cursor.expectU32();
        if (Integer.bitCount(size) != 1) {
            throw cursor.malformed(token, "invalid custom page size, expected a power of two");
        }
        cursor.expectClose();
        return Integer.numberOfTrailingZeros(size);
    }
}
