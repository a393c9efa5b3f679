package tenon.wasm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instructions, one constant each: WebAssembly 3.0, "Index of Instructions", and the proposal "threads". The validator, the text format and the
 * compiler all read this one table.
 *
 * <p>A signature is written operands, colon, results, one letter each: {@code i}=i32, {@code I}=i64, {@code f}=f32,
 * {@code F}=f64, {@code a}=the address type of the memory or table. Instructions whose type depends on more than that have
 * none.
 */
public enum Opcode {
    UNREACHABLE("unreachable", 0x0, 0x0, Immediate.NONE, null, 0),
    NOP("nop", 0x0, 0x1, Immediate.NONE, ":", 0),
    BLOCK("block", 0x0, 0x2, Immediate.BLOCK, null, 0),
    LOOP("loop", 0x0, 0x3, Immediate.BLOCK, null, 0),
    IF("if", 0x0, 0x4, Immediate.BLOCK, null, 0),
    ELSE("else", 0x0, 0x5, Immediate.NONE, null, 0),
    THROW("throw", 0x0, 0x8, Immediate.TAG, null, 0),
    THROW_REF("throw_ref", 0x0, 0xa, Immediate.NONE, null, 0),
    END("end", 0x0, 0xb, Immediate.NONE, null, 0),
    BR("br", 0x0, 0xc, Immediate.LABEL, null, 0),
    BR_IF("br_if", 0x0, 0xd, Immediate.LABEL, null, 0),
    BR_TABLE("br_table", 0x0, 0xe, Immediate.LABELS, null, 0),
    RETURN("return", 0x0, 0xf, Immediate.NONE, null, 0),
    CALL("call", 0x0, 0x10, Immediate.FUNC, null, 0),
    CALL_INDIRECT("call_indirect", 0x0, 0x11, Immediate.TYPE_TABLE, null, 0),
    RETURN_CALL("return_call", 0x0, 0x12, Immediate.FUNC, null, 0),
    RETURN_CALL_INDIRECT("return_call_indirect", 0x0, 0x13, Immediate.TYPE_TABLE, null, 0),
    CALL_REF("call_ref", 0x0, 0x14, Immediate.TYPE, null, 0),
    RETURN_CALL_REF("return_call_ref", 0x0, 0x15, Immediate.TYPE, null, 0),
    DROP("drop", 0x0, 0x1a, Immediate.NONE, null, 0),
    SELECT("select", 0x0, 0x1b, Immediate.NONE, null, 0),
    SELECT_T("select", 0x0, 0x1c, Immediate.TYPES, null, 0),
    TRY_TABLE("try_table", 0x0, 0x1f, Immediate.TRY_TABLE, null, 0),
    LOCAL_GET("local.get", 0x0, 0x20, Immediate.LOCAL, null, 0),
    LOCAL_SET("local.set", 0x0, 0x21, Immediate.LOCAL, null, 0),
    LOCAL_TEE("local.tee", 0x0, 0x22, Immediate.LOCAL, null, 0),
    GLOBAL_GET("global.get", 0x0, 0x23, Immediate.GLOBAL, null, 0),
    GLOBAL_SET("global.set", 0x0, 0x24, Immediate.GLOBAL, null, 0),
    TABLE_GET("table.get", 0x0, 0x25, Immediate.TABLE, null, 0),
    TABLE_SET("table.set", 0x0, 0x26, Immediate.TABLE, null, 0),
    I32_LOAD("i32.load", 0x0, 0x28, Immediate.MEMARG, "a:i", 2),
    I64_LOAD("i64.load", 0x0, 0x29, Immediate.MEMARG, "a:I", 3),
    F32_LOAD("f32.load", 0x0, 0x2a, Immediate.MEMARG, "a:f", 2),
    F64_LOAD("f64.load", 0x0, 0x2b, Immediate.MEMARG, "a:F", 3),
    I32_LOAD8_S("i32.load8_s", 0x0, 0x2c, Immediate.MEMARG, "a:i", 0),
    I32_LOAD8_U("i32.load8_u", 0x0, 0x2d, Immediate.MEMARG, "a:i", 0),
    I32_LOAD16_S("i32.load16_s", 0x0, 0x2e, Immediate.MEMARG, "a:i", 1),
    I32_LOAD16_U("i32.load16_u", 0x0, 0x2f, Immediate.MEMARG, "a:i", 1),
    I64_LOAD8_S("i64.load8_s", 0x0, 0x30, Immediate.MEMARG, "a:I", 0),
    I64_LOAD8_U("i64.load8_u", 0x0, 0x31, Immediate.MEMARG, "a:I", 0),
    I64_LOAD16_S("i64.load16_s", 0x0, 0x32, Immediate.MEMARG, "a:I", 1),
    I64_LOAD16_U("i64.load16_u", 0x0, 0x33, Immediate.MEMARG, "a:I", 1),
    I64_LOAD32_S("i64.load32_s", 0x0, 0x34, Immediate.MEMARG, "a:I", 2),
    I64_LOAD32_U("i64.load32_u", 0x0, 0x35, Immediate.MEMARG, "a:I", 2),
    I32_STORE("i32.store", 0x0, 0x36, Immediate.MEMARG, "ai:", 2),
    I64_STORE("i64.store", 0x0, 0x37, Immediate.MEMARG, "aI:", 3),
    F32_STORE("f32.store", 0x0, 0x38, Immediate.MEMARG, "af:", 2),
    F64_STORE("f64.store", 0x0, 0x39, Immediate.MEMARG, "aF:", 3),
    I32_STORE8("i32.store8", 0x0, 0x3a, Immediate.MEMARG, "ai:", 0),
    I32_STORE16("i32.store16", 0x0, 0x3b, Immediate.MEMARG, "ai:", 1),
    I64_STORE8("i64.store8", 0x0, 0x3c, Immediate.MEMARG, "aI:", 0),
    I64_STORE16("i64.store16", 0x0, 0x3d, Immediate.MEMARG, "aI:", 1),
    I64_STORE32("i64.store32", 0x0, 0x3e, Immediate.MEMARG, "aI:", 2),
    MEMORY_SIZE("memory.size", 0x0, 0x3f, Immediate.MEMORY, ":a", 0),
    MEMORY_GROW("memory.grow", 0x0, 0x40, Immediate.MEMORY, "a:a", 0),
    I32_CONST("i32.const", 0x0, 0x41, Immediate.I32, ":i", 0),
    I64_CONST("i64.const", 0x0, 0x42, Immediate.I64, ":I", 0),
    F32_CONST("f32.const", 0x0, 0x43, Immediate.F32, ":f", 0),
    F64_CONST("f64.const", 0x0, 0x44, Immediate.F64, ":F", 0),
    I32_EQZ("i32.eqz", 0x0, 0x45, Immediate.NONE, "i:i", 0),
    I32_EQ("i32.eq", 0x0, 0x46, Immediate.NONE, "ii:i", 0),
    I32_NE("i32.ne", 0x0, 0x47, Immediate.NONE, "ii:i", 0),
    I32_LT_S("i32.lt_s", 0x0, 0x48, Immediate.NONE, "ii:i", 0),
    I32_LT_U("i32.lt_u", 0x0, 0x49, Immediate.NONE, "ii:i", 0),
    I32_GT_S("i32.gt_s", 0x0, 0x4a, Immediate.NONE, "ii:i", 0),
    I32_GT_U("i32.gt_u", 0x0, 0x4b, Immediate.NONE, "ii:i", 0),
    I32_LE_S("i32.le_s", 0x0, 0x4c, Immediate.NONE, "ii:i", 0),
    I32_LE_U("i32.le_u", 0x0, 0x4d, Immediate.NONE, "ii:i", 0),
    I32_GE_S("i32.ge_s", 0x0, 0x4e, Immediate.NONE, "ii:i", 0),
    I32_GE_U("i32.ge_u", 0x0, 0x4f, Immediate.NONE, "ii:i", 0),
    I64_EQZ("i64.eqz", 0x0, 0x50, Immediate.NONE, "I:i", 0),
    I64_EQ("i64.eq", 0x0, 0x51, Immediate.NONE, "II:i", 0),
    I64_NE("i64.ne", 0x0, 0x52, Immediate.NONE, "II:i", 0),
    I64_LT_S("i64.lt_s", 0x0, 0x53, Immediate.NONE, "II:i", 0),
    I64_LT_U("i64.lt_u", 0x0, 0x54, Immediate.NONE, "II:i", 0),
    I64_GT_S("i64.gt_s", 0x0, 0x55, Immediate.NONE, "II:i", 0),
    I64_GT_U("i64.gt_u", 0x0, 0x56, Immediate.NONE, "II:i", 0),
    I64_LE_S("i64.le_s", 0x0, 0x57, Immediate.NONE, "II:i", 0),
    I64_LE_U("i64.le_u", 0x0, 0x58, Immediate.NONE, "II:i", 0),
    I64_GE_S("i64.ge_s", 0x0, 0x59, Immediate.NONE, "II:i", 0),
    I64_GE_U("i64.ge_u", 0x0, 0x5a, Immediate.NONE, "II:i", 0),
    F32_EQ("f32.eq", 0x0, 0x5b, Immediate.NONE, "ff:i", 0),
    F32_NE("f32.ne", 0x0, 0x5c, Immediate.NONE, "ff:i", 0),
    F32_LT("f32.lt", 0x0, 0x5d, Immediate.NONE, "ff:i", 0),
    F32_GT("f32.gt", 0x0, 0x5e, Immediate.NONE, "ff:i", 0),
    F32_LE("f32.le", 0x0, 0x5f, Immediate.NONE, "ff:i", 0),
    F32_GE("f32.ge", 0x0, 0x60, Immediate.NONE, "ff:i", 0),
    F64_EQ("f64.eq", 0x0, 0x61, Immediate.NONE, "FF:i", 0),
    F64_NE("f64.ne", 0x0, 0x62, Immediate.NONE, "FF:i", 0),
    F64_LT("f64.lt", 0x0, 0x63, Immediate.NONE, "FF:i", 0),
    F64_GT("f64.gt", 0x0, 0x64, Immediate.NONE, "FF:i", 0),
    F64_LE("f64.le", 0x0, 0x65, Immediate.NONE, "FF:i", 0),
    F64_GE("f64.ge", 0x0, 0x66, Immediate.NONE, "FF:i", 0),
    I32_CLZ("i32.clz", 0x0, 0x67, Immediate.NONE, "i:i", 0),
    I32_CTZ("i32.ctz", 0x0, 0x68, Immediate.NONE, "i:i", 0),
    I32_POPCNT("i32.popcnt", 0x0, 0x69, Immediate.NONE, "i:i", 0),
    I32_ADD("i32.add", 0x0, 0x6a, Immediate.NONE, "ii:i", 0),
    I32_SUB("i32.sub", 0x0, 0x6b, Immediate.NONE, "ii:i", 0),
    I32_MUL("i32.mul", 0x0, 0x6c, Immediate.NONE, "ii:i", 0),
    I32_DIV_S("i32.div_s", 0x0, 0x6d, Immediate.NONE, "ii:i", 0),
    I32_DIV_U("i32.div_u", 0x0, 0x6e, Immediate.NONE, "ii:i", 0),
    I32_REM_S("i32.rem_s", 0x0, 0x6f, Immediate.NONE, "ii:i", 0),
    I32_REM_U("i32.rem_u", 0x0, 0x70, Immediate.NONE, "ii:i", 0),
    I32_AND("i32.and", 0x0, 0x71, Immediate.NONE, "ii:i", 0),
    I32_OR("i32.or", 0x0, 0x72, Immediate.NONE, "ii:i", 0),
    I32_XOR("i32.xor", 0x0, 0x73, Immediate.NONE, "ii:i", 0),
    I32_SHL("i32.shl", 0x0, 0x74, Immediate.NONE, "ii:i", 0),
    I32_SHR_S("i32.shr_s", 0x0, 0x75, Immediate.NONE, "ii:i", 0),
    I32_SHR_U("i32.shr_u", 0x0, 0x76, Immediate.NONE, "ii:i", 0),
    I32_ROTL("i32.rotl", 0x0, 0x77, Immediate.NONE, "ii:i", 0),
    I32_ROTR("i32.rotr", 0x0, 0x78, Immediate.NONE, "ii:i", 0),
    I64_CLZ("i64.clz", 0x0, 0x79, Immediate.NONE, "I:I", 0),
    I64_CTZ("i64.ctz", 0x0, 0x7a, Immediate.NONE, "I:I", 0),
    I64_POPCNT("i64.popcnt", 0x0, 0x7b, Immediate.NONE, "I:I", 0),
    I64_ADD("i64.add", 0x0, 0x7c, Immediate.NONE, "II:I", 0),
    I64_SUB("i64.sub", 0x0, 0x7d, Immediate.NONE, "II:I", 0),
    I64_MUL("i64.mul", 0x0, 0x7e, Immediate.NONE, "II:I", 0),
    I64_DIV_S("i64.div_s", 0x0, 0x7f, Immediate.NONE, "II:I", 0),
    I64_DIV_U("i64.div_u", 0x0, 0x80, Immediate.NONE, "II:I", 0),
    I64_REM_S("i64.rem_s", 0x0, 0x81, Immediate.NONE, "II:I", 0),
    I64_REM_U("i64.rem_u", 0x0, 0x82, Immediate.NONE, "II:I", 0),
    I64_AND("i64.and", 0x0, 0x83, Immediate.NONE, "II:I", 0),
    I64_OR("i64.or", 0x0, 0x84, Immediate.NONE, "II:I", 0),
    I64_XOR("i64.xor", 0x0, 0x85, Immediate.NONE, "II:I", 0),
    I64_SHL("i64.shl", 0x0, 0x86, Immediate.NONE, "II:I", 0),
    I64_SHR_S("i64.shr_s", 0x0, 0x87, Immediate.NONE, "II:I", 0),
    I64_SHR_U("i64.shr_u", 0x0, 0x88, Immediate.NONE, "II:I", 0),
    I64_ROTL("i64.rotl", 0x0, 0x89, Immediate.NONE, "II:I", 0),
    I64_ROTR("i64.rotr", 0x0, 0x8a, Immediate.NONE, "II:I", 0),
    F32_ABS("f32.abs", 0x0, 0x8b, Immediate.NONE, "f:f", 0),
    F32_NEG("f32.neg", 0x0, 0x8c, Immediate.NONE, "f:f", 0),
    F32_CEIL("f32.ceil", 0x0, 0x8d, Immediate.NONE, "f:f", 0),
    F32_FLOOR("f32.floor", 0x0, 0x8e, Immediate.NONE, "f:f", 0),
    F32_TRUNC("f32.trunc", 0x0, 0x8f, Immediate.NONE, "f:f", 0),
    F32_NEAREST("f32.nearest", 0x0, 0x90, Immediate.NONE, "f:f", 0),
    F32_SQRT("f32.sqrt", 0x0, 0x91, Immediate.NONE, "f:f", 0),
    F32_ADD("f32.add", 0x0, 0x92, Immediate.NONE, "ff:f", 0),
    F32_SUB("f32.sub", 0x0, 0x93, Immediate.NONE, "ff:f", 0),
    F32_MUL("f32.mul", 0x0, 0x94, Immediate.NONE, "ff:f", 0),
    F32_DIV("f32.div", 0x0, 0x95, Immediate.NONE, "ff:f", 0),
    F32_MIN("f32.min", 0x0, 0x96, Immediate.NONE, "ff:f", 0),
    F32_MAX("f32.max", 0x0, 0x97, Immediate.NONE, "ff:f", 0),
    F32_COPYSIGN("f32.copysign", 0x0, 0x98, Immediate.NONE, "ff:f", 0),
    F64_ABS("f64.abs", 0x0, 0x99, Immediate.NONE, "F:F", 0),
    F64_NEG("f64.neg", 0x0, 0x9a, Immediate.NONE, "F:F", 0),
    F64_CEIL("f64.ceil", 0x0, 0x9b, Immediate.NONE, "F:F", 0),
    F64_FLOOR("f64.floor", 0x0, 0x9c, Immediate.NONE, "F:F", 0),
    F64_TRUNC("f64.trunc", 0x0, 0x9d, Immediate.NONE, "F:F", 0),
    F64_NEAREST("f64.nearest", 0x0, 0x9e, Immediate.NONE, "F:F", 0),
    F64_SQRT("f64.sqrt", 0x0, 0x9f, Immediate.NONE, "F:F", 0),
    F64_ADD("f64.add", 0x0, 0xa0, Immediate.NONE, "FF:F", 0),
    F64_SUB("f64.sub", 0x0, 0xa1, Immediate.NONE, "FF:F", 0),
    F64_MUL("f64.mul", 0x0, 0xa2, Immediate.NONE, "FF:F", 0),
    F64_DIV("f64.div", 0x0, 0xa3, Immediate.NONE, "FF:F", 0),
    F64_MIN("f64.min", 0x0, 0xa4, Immediate.NONE, "FF:F", 0),
    F64_MAX("f64.max", 0x0, 0xa5, Immediate.NONE, "FF:F", 0),
    F64_COPYSIGN("f64.copysign", 0x0, 0xa6, Immediate.NONE, "FF:F", 0),
    I32_WRAP_I64("i32.wrap_i64", 0x0, 0xa7, Immediate.NONE, "I:i", 0),
    I32_TRUNC_F32_S("i32.trunc_f32_s", 0x0, 0xa8, Immediate.NONE, "f:i", 0),
    I32_TRUNC_F32_U("i32.trunc_f32_u", 0x0, 0xa9, Immediate.NONE, "f:i", 0),
    I32_TRUNC_F64_S("i32.trunc_f64_s", 0x0, 0xaa, Immediate.NONE, "F:i", 0),
    I32_TRUNC_F64_U("i32.trunc_f64_u", 0x0, 0xab, Immediate.NONE, "F:i", 0),
    I64_EXTEND_I32_S("i64.extend_i32_s", 0x0, 0xac, Immediate.NONE, "i:I", 0),
    I64_EXTEND_I32_U("i64.extend_i32_u", 0x0, 0xad, Immediate.NONE, "i:I", 0),
    I64_TRUNC_F32_S("i64.trunc_f32_s", 0x0, 0xae, Immediate.NONE, "f:I", 0),
    I64_TRUNC_F32_U("i64.trunc_f32_u", 0x0, 0xaf, Immediate.NONE, "f:I", 0),
    I64_TRUNC_F64_S("i64.trunc_f64_s", 0x0, 0xb0, Immediate.NONE, "F:I", 0),
    I64_TRUNC_F64_U("i64.trunc_f64_u", 0x0, 0xb1, Immediate.NONE, "F:I", 0),
    F32_CONVERT_I32_S("f32.convert_i32_s", 0x0, 0xb2, Immediate.NONE, "i:f", 0),
    F32_CONVERT_I32_U("f32.convert_i32_u", 0x0, 0xb3, Immediate.NONE, "i:f", 0),
    F32_CONVERT_I64_S("f32.convert_i64_s", 0x0, 0xb4, Immediate.NONE, "I:f", 0),
    F32_CONVERT_I64_U("f32.convert_i64_u", 0x0, 0xb5, Immediate.NONE, "I:f", 0),
    F32_DEMOTE_F64("f32.demote_f64", 0x0, 0xb6, Immediate.NONE, "F:f", 0),
    F64_CONVERT_I32_S("f64.convert_i32_s", 0x0, 0xb7, Immediate.NONE, "i:F", 0),
    F64_CONVERT_I32_U("f64.convert_i32_u", 0x0, 0xb8, Immediate.NONE, "i:F", 0),
    F64_CONVERT_I64_S("f64.convert_i64_s", 0x0, 0xb9, Immediate.NONE, "I:F", 0),
    F64_CONVERT_I64_U("f64.convert_i64_u", 0x0, 0xba, Immediate.NONE, "I:F", 0),
    F64_PROMOTE_F32("f64.promote_f32", 0x0, 0xbb, Immediate.NONE, "f:F", 0),
    I32_REINTERPRET_F32("i32.reinterpret_f32", 0x0, 0xbc, Immediate.NONE, "f:i", 0),
    I64_REINTERPRET_F64("i64.reinterpret_f64", 0x0, 0xbd, Immediate.NONE, "F:I", 0),
    F32_REINTERPRET_I32("f32.reinterpret_i32", 0x0, 0xbe, Immediate.NONE, "i:f", 0),
    F64_REINTERPRET_I64("f64.reinterpret_i64", 0x0, 0xbf, Immediate.NONE, "I:F", 0),
    I32_EXTEND8_S("i32.extend8_s", 0x0, 0xc0, Immediate.NONE, "i:i", 0),
    I32_EXTEND16_S("i32.extend16_s", 0x0, 0xc1, Immediate.NONE, "i:i", 0),
    I64_EXTEND8_S("i64.extend8_s", 0x0, 0xc2, Immediate.NONE, "I:I", 0),
    I64_EXTEND16_S("i64.extend16_s", 0x0, 0xc3, Immediate.NONE, "I:I", 0),
    I64_EXTEND32_S("i64.extend32_s", 0x0, 0xc4, Immediate.NONE, "I:I", 0),
    REF_NULL("ref.null", 0x0, 0xd0, Immediate.HEAP, null, 0),
    REF_IS_NULL("ref.is_null", 0x0, 0xd1, Immediate.NONE, null, 0),
    REF_FUNC("ref.func", 0x0, 0xd2, Immediate.FUNC, null, 0),
    REF_EQ("ref.eq", 0x0, 0xd3, Immediate.NONE, null, 0),
    REF_AS_NON_NULL("ref.as_non_null", 0x0, 0xd4, Immediate.NONE, null, 0),
    BR_ON_NULL("br_on_null", 0x0, 0xd5, Immediate.LABEL, null, 0),
    BR_ON_NON_NULL("br_on_non_null", 0x0, 0xd6, Immediate.LABEL, null, 0),
    STRUCT_NEW("struct.new", 0xfb, 0x0, Immediate.TYPE, null, 0),
    STRUCT_NEW_DEFAULT("struct.new_default", 0xfb, 0x1, Immediate.TYPE, null, 0),
    STRUCT_GET("struct.get", 0xfb, 0x2, Immediate.TYPE_FIELD, null, 0),
    STRUCT_GET_S("struct.get_s", 0xfb, 0x3, Immediate.TYPE_FIELD, null, 0),
    STRUCT_GET_U("struct.get_u", 0xfb, 0x4, Immediate.TYPE_FIELD, null, 0),
    STRUCT_SET("struct.set", 0xfb, 0x5, Immediate.TYPE_FIELD, null, 0),
    ARRAY_NEW("array.new", 0xfb, 0x6, Immediate.TYPE, null, 0),
    ARRAY_NEW_DEFAULT("array.new_default", 0xfb, 0x7, Immediate.TYPE, null, 0),
    ARRAY_NEW_FIXED("array.new_fixed", 0xfb, 0x8, Immediate.TYPE_COUNT, null, 0),
    ARRAY_NEW_DATA("array.new_data", 0xfb, 0x9, Immediate.TYPE_DATA, null, 0),
    ARRAY_NEW_ELEM("array.new_elem", 0xfb, 0xa, Immediate.TYPE_ELEM, null, 0),
    ARRAY_GET("array.get", 0xfb, 0xb, Immediate.TYPE, null, 0),
    ARRAY_GET_S("array.get_s", 0xfb, 0xc, Immediate.TYPE, null, 0),
    ARRAY_GET_U("array.get_u", 0xfb, 0xd, Immediate.TYPE, null, 0),
    ARRAY_SET("array.set", 0xfb, 0xe, Immediate.TYPE, null, 0),
    ARRAY_LEN("array.len", 0xfb, 0xf, Immediate.NONE, null, 0),
    ARRAY_FILL("array.fill", 0xfb, 0x10, Immediate.TYPE, null, 0),
    ARRAY_COPY("array.copy", 0xfb, 0x11, Immediate.TYPE_TYPE, null, 0),
    ARRAY_INIT_DATA("array.init_data", 0xfb, 0x12, Immediate.TYPE_DATA, null, 0),
    ARRAY_INIT_ELEM("array.init_elem", 0xfb, 0x13, Immediate.TYPE_ELEM, null, 0),
    REF_TEST("ref.test", 0xfb, 0x14, Immediate.CAST, null, 0),
    REF_TEST_NULL("ref.test", 0xfb, 0x15, Immediate.CAST, null, 0),
    REF_CAST("ref.cast", 0xfb, 0x16, Immediate.CAST, null, 0),
    REF_CAST_NULL("ref.cast", 0xfb, 0x17, Immediate.CAST, null, 0),
    BR_ON_CAST("br_on_cast", 0xfb, 0x18, Immediate.CAST_LABEL, null, 0),
    BR_ON_CAST_FAIL("br_on_cast_fail", 0xfb, 0x19, Immediate.CAST_LABEL, null, 0),
    ANY_CONVERT_EXTERN("any.convert_extern", 0xfb, 0x1a, Immediate.NONE, null, 0),
    EXTERN_CONVERT_ANY("extern.convert_any", 0xfb, 0x1b, Immediate.NONE, null, 0),
    REF_I31("ref.i31", 0xfb, 0x1c, Immediate.NONE, null, 0),
    I31_GET_S("i31.get_s", 0xfb, 0x1d, Immediate.NONE, null, 0),
    I31_GET_U("i31.get_u", 0xfb, 0x1e, Immediate.NONE, null, 0),
    I32_TRUNC_SAT_F32_S("i32.trunc_sat_f32_s", 0xfc, 0x0, Immediate.NONE, "f:i", 0),
    I32_TRUNC_SAT_F32_U("i32.trunc_sat_f32_u", 0xfc, 0x1, Immediate.NONE, "f:i", 0),
    I32_TRUNC_SAT_F64_S("i32.trunc_sat_f64_s", 0xfc, 0x2, Immediate.NONE, "F:i", 0),
    I32_TRUNC_SAT_F64_U("i32.trunc_sat_f64_u", 0xfc, 0x3, Immediate.NONE, "F:i", 0),
    I64_TRUNC_SAT_F32_S("i64.trunc_sat_f32_s", 0xfc, 0x4, Immediate.NONE, "f:I", 0),
    I64_TRUNC_SAT_F32_U("i64.trunc_sat_f32_u", 0xfc, 0x5, Immediate.NONE, "f:I", 0),
    I64_TRUNC_SAT_F64_S("i64.trunc_sat_f64_s", 0xfc, 0x6, Immediate.NONE, "F:I", 0),
    I64_TRUNC_SAT_F64_U("i64.trunc_sat_f64_u", 0xfc, 0x7, Immediate.NONE, "F:I", 0),
    MEMORY_INIT("memory.init", 0xfc, 0x8, Immediate.DATA_MEMORY, null, 0),
    DATA_DROP("data.drop", 0xfc, 0x9, Immediate.DATA, ":", 0),
    MEMORY_COPY("memory.copy", 0xfc, 0xa, Immediate.MEMORY_MEMORY, null, 0),
    MEMORY_FILL("memory.fill", 0xfc, 0xb, Immediate.MEMORY, "aia:", 0),
    TABLE_INIT("table.init", 0xfc, 0xc, Immediate.ELEM_TABLE, null, 0),
    ELEM_DROP("elem.drop", 0xfc, 0xd, Immediate.ELEM, ":", 0),
    TABLE_COPY("table.copy", 0xfc, 0xe, Immediate.TABLE_TABLE, null, 0),
    TABLE_GROW("table.grow", 0xfc, 0xf, Immediate.TABLE, null, 0),
    TABLE_SIZE("table.size", 0xfc, 0x10, Immediate.TABLE, ":a", 0),
    TABLE_FILL("table.fill", 0xfc, 0x11, Immediate.TABLE, null, 0),
    MEMORY_ATOMIC_NOTIFY("memory.atomic.notify", 0xfe, 0x0, Immediate.MEMARG, "ai:i", 2),
    MEMORY_ATOMIC_WAIT32("memory.atomic.wait32", 0xfe, 0x1, Immediate.MEMARG, "aiI:i", 2),
    MEMORY_ATOMIC_WAIT64("memory.atomic.wait64", 0xfe, 0x2, Immediate.MEMARG, "aII:i", 3),
    ATOMIC_FENCE("atomic.fence", 0xfe, 0x3, Immediate.FENCE, ":", 0),
    I32_ATOMIC_LOAD("i32.atomic.load", 0xfe, 0x10, Immediate.MEMARG, "a:i", 2),
    I64_ATOMIC_LOAD("i64.atomic.load", 0xfe, 0x11, Immediate.MEMARG, "a:I", 3),
    I32_ATOMIC_LOAD8_U("i32.atomic.load8_u", 0xfe, 0x12, Immediate.MEMARG, "a:i", 0),
    I32_ATOMIC_LOAD16_U("i32.atomic.load16_u", 0xfe, 0x13, Immediate.MEMARG, "a:i", 1),
    I64_ATOMIC_LOAD8_U("i64.atomic.load8_u", 0xfe, 0x14, Immediate.MEMARG, "a:I", 0),
    I64_ATOMIC_LOAD16_U("i64.atomic.load16_u", 0xfe, 0x15, Immediate.MEMARG, "a:I", 1),
    I64_ATOMIC_LOAD32_U("i64.atomic.load32_u", 0xfe, 0x16, Immediate.MEMARG, "a:I", 2),
    I32_ATOMIC_STORE("i32.atomic.store", 0xfe, 0x17, Immediate.MEMARG, "ai:", 2),
    I64_ATOMIC_STORE("i64.atomic.store", 0xfe, 0x18, Immediate.MEMARG, "aI:", 3),
    I32_ATOMIC_STORE8("i32.atomic.store8", 0xfe, 0x19, Immediate.MEMARG, "ai:", 0),
    I32_ATOMIC_STORE16("i32.atomic.store16", 0xfe, 0x1a, Immediate.MEMARG, "ai:", 1),
    I64_ATOMIC_STORE8("i64.atomic.store8", 0xfe, 0x1b, Immediate.MEMARG, "aI:", 0),
    I64_ATOMIC_STORE16("i64.atomic.store16", 0xfe, 0x1c, Immediate.MEMARG, "aI:", 1),
    I64_ATOMIC_STORE32("i64.atomic.store32", 0xfe, 0x1d, Immediate.MEMARG, "aI:", 2),
    I32_ATOMIC_RMW_ADD("i32.atomic.rmw.add", 0xfe, 0x1e, Immediate.MEMARG, "ai:i", 2),
    I64_ATOMIC_RMW_ADD("i64.atomic.rmw.add", 0xfe, 0x1f, Immediate.MEMARG, "aI:I", 3),
    I32_ATOMIC_RMW8_ADD_U("i32.atomic.rmw8.add_u", 0xfe, 0x20, Immediate.MEMARG, "ai:i", 0),
    I32_ATOMIC_RMW16_ADD_U("i32.atomic.rmw16.add_u", 0xfe, 0x21, Immediate.MEMARG, "ai:i", 1),
    I64_ATOMIC_RMW8_ADD_U("i64.atomic.rmw8.add_u", 0xfe, 0x22, Immediate.MEMARG, "aI:I", 0),
    I64_ATOMIC_RMW16_ADD_U("i64.atomic.rmw16.add_u", 0xfe, 0x23, Immediate.MEMARG, "aI:I", 1),
    I64_ATOMIC_RMW32_ADD_U("i64.atomic.rmw32.add_u", 0xfe, 0x24, Immediate.MEMARG, "aI:I", 2),
    I32_ATOMIC_RMW_SUB("i32.atomic.rmw.sub", 0xfe, 0x25, Immediate.MEMARG, "ai:i", 2),
    I64_ATOMIC_RMW_SUB("i64.atomic.rmw.sub", 0xfe, 0x26, Immediate.MEMARG, "aI:I", 3),
    I32_ATOMIC_RMW8_SUB_U("i32.atomic.rmw8.sub_u", 0xfe, 0x27, Immediate.MEMARG, "ai:i", 0),
    I32_ATOMIC_RMW16_SUB_U("i32.atomic.rmw16.sub_u", 0xfe, 0x28, Immediate.MEMARG, "ai:i", 1),
    I64_ATOMIC_RMW8_SUB_U("i64.atomic.rmw8.sub_u", 0xfe, 0x29, Immediate.MEMARG, "aI:I", 0),
    I64_ATOMIC_RMW16_SUB_U("i64.atomic.rmw16.sub_u", 0xfe, 0x2a, Immediate.MEMARG, "aI:I", 1),
    I64_ATOMIC_RMW32_SUB_U("i64.atomic.rmw32.sub_u", 0xfe, 0x2b, Immediate.MEMARG, "aI:I", 2),
    I32_ATOMIC_RMW_AND("i32.atomic.rmw.and", 0xfe, 0x2c, Immediate.MEMARG, "ai:i", 2),
    I64_ATOMIC_RMW_AND("i64.atomic.rmw.and", 0xfe, 0x2d, Immediate.MEMARG, "aI:I", 3),
    I32_ATOMIC_RMW8_AND_U("i32.atomic.rmw8.and_u", 0xfe, 0x2e, Immediate.MEMARG, "ai:i", 0),
    I32_ATOMIC_RMW16_AND_U("i32.atomic.rmw16.and_u", 0xfe, 0x2f, Immediate.MEMARG, "ai:i", 1),
    I64_ATOMIC_RMW8_AND_U("i64.atomic.rmw8.and_u", 0xfe, 0x30, Immediate.MEMARG, "aI:I", 0),
    I64_ATOMIC_RMW16_AND_U("i64.atomic.rmw16.and_u", 0xfe, 0x31, Immediate.MEMARG, "aI:I", 1),
    I64_ATOMIC_RMW32_AND_U("i64.atomic.rmw32.and_u", 0xfe, 0x32, Immediate.MEMARG, "aI:I", 2),
    I32_ATOMIC_RMW_OR("i32.atomic.rmw.or", 0xfe, 0x33, Immediate.MEMARG, "ai:i", 2),
    I64_ATOMIC_RMW_OR("i64.atomic.rmw.or", 0xfe, 0x34, Immediate.MEMARG, "aI:I", 3),
    I32_ATOMIC_RMW8_OR_U("i32.atomic.rmw8.or_u", 0xfe, 0x35, Immediate.MEMARG, "ai:i", 0),
    I32_ATOMIC_RMW16_OR_U("i32.atomic.rmw16.or_u", 0xfe, 0x36, Immediate.MEMARG, "ai:i", 1),
    I64_ATOMIC_RMW8_OR_U("i64.atomic.rmw8.or_u", 0xfe, 0x37, Immediate.MEMARG, "aI:I", 0),
    I64_ATOMIC_RMW16_OR_U("i64.atomic.rmw16.or_u", 0xfe, 0x38, Immediate.MEMARG, "aI:I", 1),
    I64_ATOMIC_RMW32_OR_U("i64.atomic.rmw32.or_u", 0xfe, 0x39, Immediate.MEMARG, "aI:I", 2),
    I32_ATOMIC_RMW_XOR("i32.atomic.rmw.xor", 0xfe, 0x3a, Immediate.MEMARG, "ai:i", 2),
    I64_ATOMIC_RMW_XOR("i64.atomic.rmw.xor", 0xfe, 0x3b, Immediate.MEMARG, "aI:I", 3),
    I32_ATOMIC_RMW8_XOR_U("i32.atomic.rmw8.xor_u", 0xfe, 0x3c, Immediate.MEMARG, "ai:i", 0),
    I32_ATOMIC_RMW16_XOR_U("i32.atomic.rmw16.xor_u", 0xfe, 0x3d, Immediate.MEMARG, "ai:i", 1),
    I64_ATOMIC_RMW8_XOR_U("i64.atomic.rmw8.xor_u", 0xfe, 0x3e, Immediate.MEMARG, "aI:I", 0),
    I64_ATOMIC_RMW16_XOR_U("i64.atomic.rmw16.xor_u", 0xfe, 0x3f, Immediate.MEMARG, "aI:I", 1),
    I64_ATOMIC_RMW32_XOR_U("i64.atomic.rmw32.xor_u", 0xfe, 0x40, Immediate.MEMARG, "aI:I", 2),
    I32_ATOMIC_RMW_XCHG("i32.atomic.rmw.xchg", 0xfe, 0x41, Immediate.MEMARG, "ai:i", 2),
    I64_ATOMIC_RMW_XCHG("i64.atomic.rmw.xchg", 0xfe, 0x42, Immediate.MEMARG, "aI:I", 3),
    I32_ATOMIC_RMW8_XCHG_U("i32.atomic.rmw8.xchg_u", 0xfe, 0x43, Immediate.MEMARG, "ai:i", 0),
    I32_ATOMIC_RMW16_XCHG_U("i32.atomic.rmw16.xchg_u", 0xfe, 0x44, Immediate.MEMARG, "ai:i", 1),
    I64_ATOMIC_RMW8_XCHG_U("i64.atomic.rmw8.xchg_u", 0xfe, 0x45, Immediate.MEMARG, "aI:I", 0),
    I64_ATOMIC_RMW16_XCHG_U("i64.atomic.rmw16.xchg_u", 0xfe, 0x46, Immediate.MEMARG, "aI:I", 1),
    I64_ATOMIC_RMW32_XCHG_U("i64.atomic.rmw32.xchg_u", 0xfe, 0x47, Immediate.MEMARG, "aI:I", 2),
    I32_ATOMIC_RMW_CMPXCHG("i32.atomic.rmw.cmpxchg", 0xfe, 0x48, Immediate.MEMARG, "aii:i", 2),
    I64_ATOMIC_RMW_CMPXCHG("i64.atomic.rmw.cmpxchg", 0xfe, 0x49, Immediate.MEMARG, "aII:I", 3),
    I32_ATOMIC_RMW8_CMPXCHG_U("i32.atomic.rmw8.cmpxchg_u", 0xfe, 0x4a, Immediate.MEMARG, "aii:i", 0),
    I32_ATOMIC_RMW16_CMPXCHG_U("i32.atomic.rmw16.cmpxchg_u", 0xfe, 0x4b, Immediate.MEMARG, "aii:i", 1),
    I64_ATOMIC_RMW8_CMPXCHG_U("i64.atomic.rmw8.cmpxchg_u", 0xfe, 0x4c, Immediate.MEMARG, "aII:I", 0),
    I64_ATOMIC_RMW16_CMPXCHG_U("i64.atomic.rmw16.cmpxchg_u", 0xfe, 0x4d, Immediate.MEMARG, "aII:I", 1),
    I64_ATOMIC_RMW32_CMPXCHG_U("i64.atomic.rmw32.cmpxchg_u", 0xfe, 0x4e, Immediate.MEMARG, "aII:I", 2);

    /** What follows the opcode in the binary. */
    public enum Immediate {
        NONE,
        /** A block type. */
        BLOCK,
        /** A block type and a vector of catch clauses. */
        TRY_TABLE,
        LABEL,
        /** A vector of labels and a default. */
        LABELS,
        FUNC,
        TYPE,
        /** A type index, then a table index. */
        TYPE_TABLE,
        /** A vector of value types. */
        TYPES,
        LOCAL,
        GLOBAL,
        TABLE,
        TAG,
        /** Alignment exponent, then offset; bit 6 of the first announces a memory index between them. */
        MEMARG,
        MEMORY,
        /** Destination, then source. */
        MEMORY_MEMORY,
        /** A data index, then a memory index. */
        DATA_MEMORY,
        DATA,
        /** An element segment's index, then a table index. */
        ELEM_TABLE,
        ELEM,
        /** Destination, then source. */
        TABLE_TABLE,
        I32,
        I64,
        F32,
        F64,
        /** A heap type. */
        HEAP,
        /** A type index, then a field's index in the structure. */
        TYPE_FIELD,
        /** A type index, then a number of elements. */
        TYPE_COUNT,
        /** A type index, then a data index. */
        TYPE_DATA,
        /** A type index, then an element segment's index. */
        TYPE_ELEM,
        /** Destination's type, then source's. */
        TYPE_TYPE,
        /** A heap type, which the text format writes as a reference type. */
        CAST,
        /** A zero byte. */
        FENCE,
        /** Which of two reference types are nullable, a label, and their heap types. */
        CAST_LABEL
    }

    private static final int FIRST_PREFIX = 0xfb;
    private static final @Nullable Opcode[] PLAIN = new @Nullable Opcode[256];
    /** By prefix from {@code 0xfb} on, then by the number behind it. */
    private static final @Nullable Opcode[][] PREFIXED = new @Nullable Opcode[4][128];

    private static final Map<String, Opcode> BY_MNEMONIC = new HashMap<>();

    static {
        for (Opcode opcode : values()) {
            (opcode.prefix == 0 ? PLAIN : PREFIXED[opcode.prefix - FIRST_PREFIX])[opcode.code] = opcode;
            BY_MNEMONIC.putIfAbsent(opcode.mnemonic, opcode);
        }
    }

    private final String mnemonic;
    private final int prefix;
    private final int code;
    private final Immediate immediate;
    private final @Nullable String signature;
    private final int naturalAlignment;

    Opcode(
            String mnemonic,
            int prefix,
            int code,
            Immediate immediate,
            @Nullable String signature,
            int naturalAlignment) {
        this.mnemonic = mnemonic;
        this.prefix = prefix;
        this.code = code;
        this.immediate = immediate;
        this.signature = signature;
        this.naturalAlignment = naturalAlignment;
    }

    /** The word of the text format. */
    public String mnemonic() {
        return mnemonic;
    }

    /** The prefix byte, or 0. */
    public int prefix() {
        return prefix;
    }

    /** The byte, or the number after the prefix. */
    public int code() {
        return code;
    }

    public Immediate immediate() {
        return immediate;
    }

    /** Operands and results, where they are always the same. */
    public Optional<String> signature() {
        return Optional.ofNullable(signature);
    }

    /** Whether it is one of the proposal "threads". */
    public boolean isAtomic() {
        return prefix == 0xfe;
    }

    /** The exponent of the widest alignment that a memory access may promise, and an atomic one must. */
    public int naturalAlignment() {
        return naturalAlignment;
    }

    /** The instruction of one byte. */
    public static Optional<Opcode> of(int code) {
        return Optional.ofNullable(PLAIN[code]);
    }

    /** As {@link #of(int)}, for readers that must not allocate. */
    static @Nullable Opcode plain(int code) {
        return PLAIN[code];
    }

    /** The instruction behind a prefix of {@code 0xfb} to {@code 0xfe}; {@code code} is unsigned. */
    static @Nullable Opcode prefixed(int prefix, int code) {
        @Nullable Opcode[] family = PREFIXED[prefix - FIRST_PREFIX];
        return code >= 0 && code < family.length ? family[code] : null;
    }

    /**
     * The instruction of a word of the text format; {@code select} gives the one without types, {@code ref.test} and {@code
     * ref.cast} those to types without null.
     */
    public static Optional<Opcode> of(String mnemonic) {
        return Optional.ofNullable(BY_MNEMONIC.get(mnemonic));
    }
}
