package tenon.core.compile;

import tenon.wasm.Opcode;

/** Names of the methods that stand for instructions. */
final class Names {
    private Names() {}

    /** The instruction's word as a Java name: {@code i32.trunc_sat_f64_s} is {@code i32TruncSatF64S}. */
    static String camel(Opcode opcode) {
        var name = new StringBuilder();
        boolean upper = false;
        for (char c : opcode.mnemonic().toCharArray()) {
            if (c == '.' || c == '_') {
                upper = true;
            } else {
                name.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return name.toString();
    }
}
