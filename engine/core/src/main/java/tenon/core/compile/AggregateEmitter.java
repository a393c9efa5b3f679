package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import tenon.types.core.ArrayType;
import tenon.types.core.FieldType;
import tenon.types.core.RefType;
import tenon.types.core.StructType;
import tenon.wasm.Opcode;

/**
 * Structures, arrays and scalar references. WebAssembly 3.0, "Aggregate Instructions" and "Scalar Reference Instructions". A
 * structure's fields lie where {@link StructSlots} says, an array's elements in an array of the JVM.
 */
final class AggregateEmitter {
    private final MethodContext context;
    private final FunctionBody body;
    private final CodeBuilder code;
    private final MultiValue values;

    AggregateEmitter(MethodContext context) {
        this.context = context;
        this.body = context.body;
        this.code = context.code;
        this.values = new MultiValue(code);
    }

    void emit(int i) {
        switch (body.opcode(i)) {
            case STRUCT_NEW -> newStruct(i);
            case STRUCT_NEW_DEFAULT -> defaultStruct(i);
            case STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U -> getField(i);
            case STRUCT_SET -> setField(i);
            case ARRAY_NEW -> newArray(i);
            case ARRAY_NEW_DEFAULT -> {
                loadOwner(i);
                access("ofDefault", Runtime.ARRAY, CD_int, Runtime.INSTANCE, Runtime.SIGNATURE);
            }
            case ARRAY_NEW_FIXED -> fixedArray(i);
            case ARRAY_NEW_DATA -> ofSegment(i, "ofData");
            case ARRAY_NEW_ELEM -> ofSegment(i, "ofElements");
            case ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U -> {
                FieldType element = element(i);
                access("get" + suffix(element), descriptor(element), CD_Object, CD_int);
                extend(element, body.opcode(i) == Opcode.ARRAY_GET_U);
            }
            case ARRAY_SET -> {
                FieldType element = element(i);
                access("set" + suffix(element), CD_void, CD_Object, CD_int, descriptor(element));
            }
            case ARRAY_LEN -> access("length", CD_int, CD_Object);
            case ARRAY_FILL -> fill(i);
            case ARRAY_COPY -> access("copy", CD_void, CD_Object, CD_int, CD_Object, CD_int, CD_int);
            case ARRAY_INIT_DATA -> initialise(i, "initData");
            case ARRAY_INIT_ELEM -> initialise(i, "initElements");
            case REF_I31 -> code.invokestatic(Runtime.I31, "of", MethodTypeDesc.of(Runtime.I31, CD_int));
            case I31_GET_S -> structures("i31Signed", CD_int, CD_Object);
            case I31_GET_U -> structures("i31Unsigned", CD_int, CD_Object);
            case ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY -> {}
            default -> throw new AssertionError(body.opcode(i));
        }
    }

    private void access(String name, ClassDesc result, ClassDesc... params) {
        code.invokestatic(Runtime.ARRAY_ACCESS, name, MethodTypeDesc.of(result, params));
    }

    private void structures(String name, ClassDesc result, ClassDesc... params) {
        code.invokestatic(Runtime.STRUCTURES, name, MethodTypeDesc.of(result, params));
    }

    /** Pushes the instance, which counts what it makes, and the type. */
    private void loadOwner(int i) {
        context.loadInstance();
        context.loadType(body.index(i));
    }

    // structures

    private StructType struct(int i) {
        return (StructType) body.module().compositeType(body.index(i));
    }

    private FieldType field(int i) {
        return struct(i).fields().get(body.secondIndex(i));
    }

    private void newStruct(int i) {
        List<FieldType> fields = struct(i).fields();
        StructSlots slots = StructSlots.of(struct(i));
        var kinds = new Kind[fields.size()];
        for (int k = 0; k < kinds.length; k++) {
            kinds[k] = Kind.of(fields.get(k));
        }
        int mark = context.mark();
        int[] stored = context.store(kinds);
        loadOwner(i);
        newSlots(slots.numbers(), false);
        for (int k = 0; k < kinds.length; k++) {
            if (kinds[k] != Kind.REF) {
                code.dup().loadConstant(slots.slot(k));
                context.load(kinds[k], stored[k]);
                values.toBits(kinds[k]);
                code.lastore();
            }
        }
        newSlots(slots.references(), true);
        for (int k = 0; k < kinds.length; k++) {
            if (kinds[k] == Kind.REF) {
                code.dup().loadConstant(slots.slot(k));
                context.load(Kind.REF, stored[k]);
                code.aastore();
            }
        }
        context.release(mark);
        makeStruct();
    }

    private void defaultStruct(int i) {
        StructSlots slots = StructSlots.of(struct(i));
        loadOwner(i);
        newSlots(slots.numbers(), false);
        newSlots(slots.references(), true);
        makeStruct();
    }

    private void newSlots(int count, boolean references) {
        if (count == 0) {
            code.aconst_null();
        } else if (references) {
            code.loadConstant(count).anewarray(CD_Object);
        } else {
            code.loadConstant(count).newarray(TypeKind.LONG);
        }
    }

    private void makeStruct() {
        code.invokestatic(
                Runtime.STRUCT,
                "of",
                MethodTypeDesc.of(Runtime.STRUCT, Runtime.INSTANCE, Runtime.SIGNATURE, Runtime.LONGS, Runtime.OBJECTS));
    }

    private void getField(int i) {
        FieldType field = field(i);
        context.constant(StructSlots.of(struct(i)).slot(body.secondIndex(i)));
        if (StructSlots.isReference(field)) {
            structures("reference", CD_Object, CD_Object, CD_int);
        } else {
            structures("number", CD_long, CD_Object, CD_int);
            values.fromBits(Kind.of(field));
            narrow(field);
            extend(field, body.opcode(i) == Opcode.STRUCT_GET_U);
        }
    }

    private void setField(int i) {
        FieldType field = field(i);
        int slot = StructSlots.of(struct(i)).slot(body.secondIndex(i));
        if (StructSlots.isReference(field)) {
            context.constant(slot);
            structures("setReference", CD_void, CD_Object, CD_Object, CD_int);
        } else {
            values.toBits(Kind.of(field));
            context.constant(slot);
            structures("setNumber", CD_void, CD_Object, CD_long, CD_int);
        }
    }

    /** A packed field lies in its slot with whatever stood above it. */
    private void narrow(FieldType field) {
        switch (field.storage()) {
            case FieldType.Storage.Packed.I8 -> code.i2b();
            case FieldType.Storage.Packed.I16 -> code.i2s();
            case FieldType.Storage.Value _ -> {}
        }
    }

    /** A packed value comes with its sign. */
    private void extend(FieldType field, boolean unsigned) {
        if (unsigned) {
            code.loadConstant(field.storage() == FieldType.Storage.Packed.I8 ? 0xff : 0xffff)
                    .iand();
        }
    }

    // arrays

    private FieldType element(int i) {
        return ((ArrayType) body.module().compositeType(body.index(i))).element();
    }

    private static String suffix(FieldType element) {
        return switch (element.storage()) {
            case FieldType.Storage.Packed packed -> packed.name();
            case FieldType.Storage.Value(RefType _) -> "Ref";
            case FieldType.Storage.Value(var type) -> Kind.of(type).name();
        };
    }

    private static ClassDesc descriptor(FieldType element) {
        return switch (Kind.of(element)) {
            case I32 -> CD_int;
            case I64 -> CD_long;
            case F32 -> CD_float;
            case F64 -> CD_double;
            case REF -> CD_Object;
        };
    }

    /** Makes bits of the number that lies under an i32. */
    private void toBitsBelow(Kind kind) {
        int mark = context.mark();
        int above = context.newSlot(Kind.I32);
        context.store(Kind.I32, above);
        values.toBits(kind);
        context.load(Kind.I32, above);
        context.release(mark);
    }

    private void newArray(int i) {
        Kind kind = Kind.of(element(i));
        boolean reference = kind == Kind.REF;
        if (!reference) {
            toBitsBelow(kind);
        }
        loadOwner(i);
        access(
                reference ? "ofReference" : "ofNumber",
                Runtime.ARRAY,
                reference ? CD_Object : CD_long,
                CD_int,
                Runtime.INSTANCE,
                Runtime.SIGNATURE);
    }

    private void fixedArray(int i) {
        FieldType element = element(i);
        var kinds = body.before(i).topmost(body.secondIndex(i));
        int mark = context.mark();
        int[] stored = context.store(kinds);
        code.loadConstant(kinds.length);
        loadOwner(i);
        access("ofDefault", Runtime.ARRAY, CD_int, Runtime.INSTANCE, Runtime.SIGNATURE);
        for (int k = 0; k < kinds.length; k++) {
            code.dup().loadConstant(k);
            context.load(kinds[k], stored[k]);
            access("set" + suffix(element), CD_void, CD_Object, CD_int, descriptor(element));
        }
        context.release(mark);
    }

    private void ofSegment(int i, String name) {
        loadOwner(i);
        context.constant(body.secondIndex(i));
        access(name, Runtime.ARRAY, CD_int, CD_int, Runtime.INSTANCE, Runtime.SIGNATURE, CD_int);
    }

    private void fill(int i) {
        Kind kind = Kind.of(element(i));
        if (kind == Kind.REF) {
            access("fillReference", CD_void, CD_Object, CD_int, CD_Object, CD_int);
        } else {
            toBitsBelow(kind);
            access("fillNumber", CD_void, CD_Object, CD_int, CD_long, CD_int);
        }
    }

    private void initialise(int i, String name) {
        context.loadInstance();
        context.constant(body.secondIndex(i));
        access(name, CD_void, CD_Object, CD_int, CD_int, CD_int, Runtime.INSTANCE, CD_int);
    }
}
