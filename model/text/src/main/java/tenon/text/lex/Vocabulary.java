package tenon.text.lex;

import java.util.Set;
import tenon.wasm.Opcode;

/**
 * The keywords that the grammar has somewhere: a word that none of its places knows is an "unknown operator", and one that
 * stands in the wrong place an "unexpected token". Only the wording of errors depends on it.
 */
final class Vocabulary {
    private static final Set<String> WORDS = Set.of(
            "module",
            "component",
            "definition",
            "instance",
            "binary",
            "quote",
            "type",
            "rec",
            "sub",
            "final",
            "func",
            "struct",
            "array",
            "field",
            "mut",
            "param",
            "result",
            "local",
            "import",
            "export",
            "table",
            "memory",
            "global",
            "tag",
            "start",
            "elem",
            "data",
            "offset",
            "item",
            "declare",
            "shared",
            "pagesize",
            "then",
            "catch",
            "catch_ref",
            "catch_all",
            "catch_all_ref",
            "ref",
            "null",
            "i8",
            "i16",
            "i32",
            "i64",
            "f32",
            "f64",
            "v128",
            "funcref",
            "externref",
            "anyref",
            "eqref",
            "i31ref",
            "structref",
            "arrayref",
            "exnref",
            "nullref",
            "nullfuncref",
            "nullexternref",
            "nullexnref",
            "extern",
            "any",
            "eq",
            "i31",
            "exn",
            "none",
            "nofunc",
            "noextern",
            "noexn",
            "nan:canonical",
            "nan:arithmetic",
            "register",
            "invoke",
            "get",
            "i8x16",
            "i16x8",
            "i32x4",
            "i64x2",
            "f32x4",
            "f64x2");

    private Vocabulary() {}

    static boolean knows(String word) {
        return WORDS.contains(word)
                || word.startsWith("offset=")
                || word.startsWith("align=")
                || Opcode.of(word).isPresent();
    }
}
