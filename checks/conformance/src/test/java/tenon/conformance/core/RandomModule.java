package tenon.conformance.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.types.core.ValType;
import tenon.wasm.Opcode;

/**
 * Valid modules by chance, as text, the same for the same seed. Calls and loops burn fuel, and end without it; NaNs
 * are made canonical before their bits can be seen, since those are not determined: WebAssembly 3.0, "NaN Propagation".
 *
 * <p>Exports: the functions {@code f0} … with their types in {@link #functions}; {@code refuel}; {@code memory}; the globals
 * {@code g0} …, of {@link #GLOBALS}.
 */
final class RandomModule {
    static final List<NumType> GLOBALS = List.of(NumType.I32, NumType.I64, NumType.F32, NumType.F64);
    private static final int FUEL = 600;
    private static final int DEPTH = 6;

    /** Characters of a module at least; some have several times as many, so that the compiler has to split functions. */
    private static final int SPACE = 20_000;

    /** All but {@code f32.convert_i64_u}, which the interpreter rounds wrong. */
    private static final List<Opcode> NUMERIC = List.of(Opcode.values()).stream()
            .filter(opcode -> opcode.immediate() == Opcode.Immediate.NONE && opcode != Opcode.F32_CONVERT_I64_U)
            .filter(opcode -> opcode.signature().filter(RandomModule::isNumeric).isPresent())
            .toList();

    private static final List<Opcode> LOADS = memoryAccesses(":");
    private static final List<Opcode> STORES = memoryAccesses("store");

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final List<FuncType> functions = new ArrayList<>();

    // of the function in work
    private final List<NumType> locals = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private FuncType current = new FuncType(List.of(), List.of());
    private int label;
    private int end;
    private int space;

    RandomModule(long seed) {
        random = new Random(seed);
    }

    private static boolean isNumeric(String signature) {
        return signature.length() > 2 && !signature.contains("a") && !signature.endsWith(":");
    }

    private static List<Opcode> memoryAccesses(String kind) {
        return List.of(Opcode.values()).stream()
                .filter(opcode -> opcode.immediate() == Opcode.Immediate.MEMARG && !opcode.isAtomic())
                .filter(opcode -> opcode.mnemonic().contains("store") == kind.equals("store"))
                .toList();
    }

    List<FuncType> functions() {
        return functions;
    }

    String text() {
        int count = 2 + random.nextInt(6);
        space = SPACE * (random.nextInt(3) == 0 ? 8 : 1);
        for (int i = 0; i < count; i++) {
            functions.add(new FuncType(types(5), types(4)));
        }
        out.append("(module\n");
        for (int i = 0; i < count; i++) {
            out.append("(type $t")
                    .append(i)
                    .append(" (func")
                    .append(signature(functions.get(i)))
                    .append("))\n");
        }
        out.append("""
                (memory (export "memory") 1 3)
                (global $fuel (mut i32) (i32.const 0))
                (global $g0 (export "g0") (mut i32) (i32.const 1))
                (global $g1 (export "g1") (mut i64) (i64.const -2))
                (global $g2 (export "g2") (mut f32) (f32.const 0.5))
                (global $g3 (export "g3") (mut f64) (f64.const -1e10))
                (tag $e0 (param i32))
                (tag $e1 (param i64))
                (tag $e2 (param f32))
                (tag $e3 (param f64))
                (tag $pair (param i32 f64))
                (tag $none)
                (data $d "0123456789abcdef")
                (func (export "refuel") (global.set $fuel (i32.const %d)))
                (func $burn (result i32)
                  (global.set $fuel (i32.sub (global.get $fuel) (i32.const 1)))
                  (i32.gt_s (global.get $fuel) (i32.const 0)))
                (func $canon_f32 (param f32) (result f32)
                  (select (local.get 0) (f32.const nan) (f32.eq (local.get 0) (local.get 0))))
                (func $canon_f64 (param f64) (result f64)
                  (select (local.get 0) (f64.const nan) (f64.eq (local.get 0) (local.get 0))))
                """.formatted(FUEL));
        out.append("(table $table ").append(count + 2).append(" funcref)\n(elem (table $table) (i32.const 1) func");
        for (int i = 0; i < count; i++) {
            out.append(" $f").append(i);
        }
        out.append(")\n");
        for (int i = 0; i < count; i++) {
            function(i);
        }
        return out.append(")\n").toString();
    }

    private List<ValType> types(int below) {
        var types = new ArrayList<ValType>();
        for (int i = random.nextInt(below); i > 0; i--) {
            types.add(type());
        }
        return types;
    }

    private NumType type() {
        return GLOBALS.get(random.nextInt(GLOBALS.size()));
    }

    private static String signature(FuncType type) {
        return words(" (param", type.params()) + words(" (result", type.results());
    }

    private static String words(String word, List<ValType> types) {
        return types.isEmpty()
                ? ""
                : types.stream().map(ValType::text).collect(Collectors.joining(" ", word + " ", ")"));
    }

    private void function(int index) {
        current = functions.get(index);
        locals.clear();
        labels.clear();
        current.params().forEach(type -> locals.add((NumType) type));
        out.append("(func $f")
                .append(index)
                .append(" (export \"f")
                .append(index)
                .append("\") (type $t")
                .append(index);
        out.append(")");
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            NumType type = type();
            locals.add(type);
            out.append(" (local ").append(type.text()).append(")");
        }
        out.append(" (local $x exnref)");
        end = out.length() + space / functions.size();
        out.append("\n(if (i32.eqz (call $burn)) (then (return");
        current.results().forEach(type -> expression((NumType) type, 0));
        out.append(")))\n");
        int enough = out.length() + random.nextInt(space / functions.size());
        do {
            statements(DEPTH);
        } while (out.length() < enough);
        current.results().forEach(type -> expression((NumType) type, DEPTH));
        out.append(")\n");
    }

    private void statements(int depth) {
        for (int i = random.nextInt(4); i > 0; i--) {
            statement(depth);
            out.append('\n');
        }
    }

    /** Something without a result. */
    private void statement(int depth) {
        if (depth <= 0 || out.length() > end) {
            set(0);
            return;
        }
        switch (random.nextInt(15)) {
            case 0, 1 -> set(depth);
            case 2 -> {
                NumType type = type();
                out.append("(global.set $g").append(GLOBALS.indexOf(type));
                expression(type, depth - 1);
                out.append(")");
            }
            case 3, 4 -> store(depth);
            case 5 -> {
                out.append("(if");
                expression(NumType.I32, depth - 1);
                out.append(" (then ");
                statements(depth - 1);
                out.append(")");
                if (random.nextBoolean()) {
                    out.append(" (else ");
                    statements(depth - 1);
                    out.append(")");
                }
                out.append(")");
            }
            case 6 -> loop(depth);
            case 7 -> jumpTable(depth);
            case 8 -> leave(depth);
            case 9 -> bulk(depth);
            case 11 -> raise(depth);
            case 12 -> caughtPair(depth);
            case 13 -> caughtReference(depth);
            case 10 -> {
                int callee = random.nextInt(functions.size());
                call(callee, depth);
                functions.get(callee).results().forEach(_ -> out.append(" (drop)"));
            }
            default -> {
                out.append("(drop");
                expression(type(), depth - 1);
                out.append(")");
            }
        }
    }

    private void set(int depth) {
        int local = random.nextInt(locals.size());
        out.append("(local.set ").append(local);
        expression(locals.get(local), depth - 1);
        out.append(")");
    }

    private void store(int depth) {
        Opcode store = STORES.get(random.nextInt(STORES.size()));
        out.append("(").append(store.mnemonic());
        address(depth);
        canonical(typeOf(store.signature().orElseThrow().charAt(1)), depth - 1);
        out.append(")");
    }

    /** The immediates of a memory access, then its address: mostly in bounds. */
    private void address(int depth) {
        if (random.nextInt(3) == 0) {
            out.append(" offset=").append(random.nextInt(random.nextInt(100) == 0 ? 200_000 : 1_000));
        }
        if (random.nextInt(400) == 0) {
            expression(NumType.I32, depth - 1);
        } else {
            out.append(" (i32.and (i32.const 0x7fff)");
            expression(NumType.I32, depth - 1);
            out.append(")");
        }
    }

    private void loop(int depth) {
        String name = open();
        out.append("(loop ").append(name).append("\n");
        statements(depth - 1);
        out.append("(br_if ").append(name).append(" (i32.and (call $burn)");
        expression(NumType.I32, depth - 2);
        out.append(")))");
        close();
    }

    private void jumpTable(int depth) {
        // long ones are dispatched in another way
        boolean isLong = random.nextInt(3) == 0;
        int cases = 1 + random.nextInt(isLong ? 12 : 5);
        var names = new ArrayList<String>();
        for (int i = 0; i < cases; i++) {
            names.add(open());
            out.append("(block ").append(names.getLast()).append(" ");
        }
        out.append("(br_table");
        for (int i = random.nextInt(isLong ? 40 : 8); i >= 0; i--) {
            out.append(" ").append(names.get(random.nextInt(cases)));
        }
        expression(NumType.I32, depth - 1);
        out.append(")");
        for (int i = 0; i < cases; i++) {
            close();
            out.append(")\n");
            statements(depth - 1);
        }
    }

    /** A jump out of something, or out of the function, on a condition. */
    private void leave(int depth) {
        out.append("(if (i32.eqz");
        expression(NumType.I32, depth - 1);
        out.append(") (then ");
        int way = random.nextInt(4);
        List<Integer> callees = tailCallees();
        if (way == 0 && !callees.isEmpty()) {
            tailCall(callees, depth);
        } else if (labels.isEmpty() || way == 1) {
            out.append("(return");
            current.results().forEach(type -> expression((NumType) type, depth - 2));
            out.append(")");
        } else {
            out.append("(br_if ")
                    .append(labels.get(random.nextInt(labels.size())))
                    .append(" (call $burn))");
        }
        out.append("))");
    }

    /** The functions with the results of this one, without itself: with more locals the interpreter cannot call itself so. */
    private List<Integer> tailCallees() {
        var fitting = new ArrayList<Integer>();
        for (int i = 0; i < functions.size(); i++) {
            if (functions.get(i) != current && functions.get(i).results().equals(current.results())) {
                fitting.add(i);
            }
        }
        return fitting;
    }

    /** A call in place of this function. */
    private void tailCall(List<Integer> fitting, int depth) {
        out.append("(return_");
        call(fitting.get(random.nextInt(fitting.size())), depth, "");
        out.append(")");
    }

    /** An exception on a condition. */
    private void raise(int depth) {
        out.append("(if (i32.eqz");
        expression(NumType.I32, depth - 1);
        out.append(") (then (throw ");
        switch (random.nextInt(3)) {
            case 0 -> {
                out.append("$pair");
                expression(NumType.I32, depth - 2);
                expression(NumType.F64, depth - 2);
            }
            case 1 -> out.append("$none");
            default -> {
                NumType type = type();
                out.append("$e").append(GLOBALS.indexOf(type));
                expression(type, depth - 2);
            }
        }
        out.append(")))");
    }

    /** What is raised inside with two values comes out as two; some of the rest is caught as well. */
    private void caughtPair(int depth) {
        String name = "$c" + label++;
        String around = open();
        out.append("(block ").append(around).append(" (block ").append(name);
        out.append(" (result i32 f64) (try_table (catch $pair ").append(name).append(")");
        if (random.nextBoolean()) {
            out.append(" (catch ").append(random.nextBoolean() ? "$none " : "$none " + around + ") (catch_all ");
            out.append(around).append(")");
        }
        out.append('\n');
        statements(depth - 1);
        out.append(") (br ").append(around).append(")) ");
        for (NumType type : List.of(NumType.F64, NumType.I32)) {
            int local = local(type);
            out.append(local >= 0 ? "(local.set " + local + ")" : "(drop)");
        }
        out.append(")");
        close();
    }

    /** What is raised inside is held for a while, and perhaps raised again. */
    private void caughtReference(int depth) {
        String name = "$c" + label++;
        String around = open();
        int tag = random.nextInt(GLOBALS.size());
        boolean all = random.nextBoolean();
        String type = GLOBALS.get(tag).text();
        out.append("(block ").append(around).append(" (block ").append(name);
        out.append(all ? " (result exnref)" : " (result " + type + " exnref)");
        out.append(" (try_table (").append(all ? "catch_all_ref " : "catch_ref $e" + tag + " ");
        out.append(name).append(")\n");
        statements(depth - 1);
        out.append(") (br ").append(around).append(")) (local.set $x) ").append(all ? "" : "(drop) ");
        statements(depth - 2);
        out.append("(if (i32.eqz");
        expression(NumType.I32, depth - 1);
        out.append(") (then (throw_ref (local.get $x)))))");
        close();
    }

    /** A value that is computed, or raised on the way. */
    private void caughtValue(NumType type, int depth) {
        String name = "$c" + label++;
        out.append("(block ")
                .append(name)
                .append(" (result ")
                .append(type.text())
                .append(") (try_table (result ");
        out.append(type.text())
                .append(") (catch $e")
                .append(GLOBALS.indexOf(type))
                .append(" ");
        out.append(name).append(") ");
        statements(depth - 1);
        expression(type, depth - 1);
        out.append("))");
    }

    private void bulk(int depth) {
        String word = List.of("memory.fill", "memory.copy", "memory.init $d").get(random.nextInt(3));
        out.append("(").append(word);
        out.append(" (i32.and (i32.const 0x7fff)");
        expression(NumType.I32, depth - 1);
        out.append(")");
        boolean init = word.contains("init");
        out.append(" (i32.and (i32.const ").append(init ? 7 : 0x7fff).append(")");
        expression(NumType.I32, depth - 1);
        out.append(") (i32.and (i32.const ").append(init ? 15 : 0xff).append(")");
        expression(NumType.I32, depth - 1);
        out.append("))");
    }

    private void call(int callee, int depth) {
        call(callee, depth, "(");
        out.append(")");
    }

    /** A call behind some words, without the last parenthesis. */
    private void call(int callee, int depth, String words) {
        boolean direct = random.nextBoolean();
        out.append(words)
                .append(direct ? "call $f" : "call_indirect $table (type $t")
                .append(callee)
                .append(direct ? "" : ")");
        functions.get(callee).params().forEach(type -> expression((NumType) type, depth - 2));
        if (!direct) {
            if (random.nextInt(100) == 0) {
                expression(NumType.I32, 0);
            } else {
                out.append(" (i32.const ").append(callee + 1).append(")");
            }
        }
    }

    /** An operand of a type. */
    private void expression(NumType type, int depth) {
        out.append(' ');
        if (depth <= 0 || out.length() > end) {
            leaf(type);
            return;
        }
        switch (random.nextInt(15)) {
            case 0 -> leaf(type);
            case 14 -> caughtValue(type, depth);
            case 1 -> load(type, depth);
            case 2 -> {
                out.append("(if (result ").append(type.text()).append(")");
                expression(NumType.I32, depth - 1);
                for (String arm : List.of("then", "else")) {
                    out.append(" (").append(arm).append(" ");
                    statements(depth - 2);
                    expression(type, depth - 1);
                    out.append(")");
                }
                out.append(")");
            }
            case 3 -> block(type, depth);
            case 4 -> {
                out.append("(select");
                expression(type, depth - 1);
                expression(type, depth - 1);
                expression(NumType.I32, depth - 1);
                out.append(")");
            }
            case 5 -> calls(type, depth);
            case 6 -> {
                int local = local(type);
                if (local < 0) {
                    leaf(type);
                } else {
                    out.append("(local.tee ").append(local);
                    expression(type, depth - 1);
                    out.append(")");
                }
            }
            case 7 -> multiValue(type, depth);
            default -> numeric(type, depth);
        }
    }

    private int local(NumType type) {
        var fitting = new ArrayList<Integer>();
        for (int i = 0; i < locals.size(); i++) {
            if (locals.get(i) == type) {
                fitting.add(i);
            }
        }
        return fitting.isEmpty() ? -1 : fitting.get(random.nextInt(fitting.size()));
    }

    private void leaf(NumType type) {
        int local = local(type);
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                if (local >= 0) {
                    out.append("(local.get ").append(local).append(")");
                } else {
                    constant(type);
                }
            }
            case 2 -> out.append("(global.get $g").append(GLOBALS.indexOf(type)).append(")");
            default -> constant(type);
        }
    }

    private void constant(NumType type) {
        out.append("(").append(type.text()).append(".const ");
        long bits = switch (random.nextInt(4)) {
            case 0 -> random.nextInt(20) - 5;
            case 1 -> 1L << random.nextInt(64);
            case 2 -> (1L << random.nextInt(64)) - 1;
            default -> random.nextLong();
        };
        switch (type) {
            case I32 -> out.append((int) bits);
            case I64 -> out.append(bits);
            case F32 -> out.append(floating(Float.intBitsToFloat((int) bits), (float) bits));
            case F64 -> out.append(floating(Double.longBitsToDouble(bits), (double) bits));
        }
        out.append(")");
    }

    private String floating(double wild, double tame) {
        double value = random.nextBoolean() ? tame : wild;
        if (Double.isNaN(value)) {
            return "nan";
        }
        return Double.isInfinite(value) ? (value < 0 ? "-inf" : "inf") : Double.toHexString(value);
    }

    private void load(NumType type, int depth) {
        var fitting = LOADS.stream()
                .filter(load -> typeOf(load.signature().orElseThrow().charAt(2)) == type)
                .toList();
        out.append("(").append(fitting.get(random.nextInt(fitting.size())).mnemonic());
        address(depth);
        out.append(")");
    }

    /** A block that is left early by its value, or not. */
    private void block(NumType type, int depth) {
        String name = "$v" + label++;
        out.append("(block ")
                .append(name)
                .append(" (result ")
                .append(type.text())
                .append(") ");
        statements(depth - 1);
        out.append("(br_if ").append(name);
        expression(type, depth - 1);
        expression(NumType.I32, depth - 1);
        out.append("))");
    }

    /** A call whose further results are dropped. */
    private void calls(NumType type, int depth) {
        for (int i = 0; i < functions.size(); i++) {
            int callee = (i + label) % functions.size();
            List<ValType> results = functions.get(callee).results();
            if (!results.isEmpty() && results.getFirst() == type) {
                out.append("(block (result ").append(type.text()).append(") ");
                call(callee, depth);
                out.append(" (drop)".repeat(results.size() - 1)).append(")");
                return;
            }
        }
        leaf(type);
    }

    /**
     * A value that stands on the stack before a block with a parameter and two results. One parameter only: of two, the
     * interpreter loses what stands below them.
     */
    private void multiValue(NumType type, int depth) {
        NumType other = type();
        out.append("(block (result ").append(type.text()).append(") ");
        expression(other, depth - 1);
        out.append(" (block (param ").append(other.text());
        out.append(") (result ")
                .append(other.text())
                .append(" ")
                .append(type.text())
                .append(") ");
        statements(depth - 2);
        int taken = local(other);
        out.append(taken >= 0 ? "(local.set " + taken + ")" : "(drop)");
        expression(other, depth - 1);
        expression(type, depth - 1);
        out.append(") ");
        int keep = local(type);
        if (keep >= 0) {
            out.append("(local.set ").append(keep).append(") (drop)");
        } else {
            out.append("(drop) (drop)");
        }
        expression(type, depth - 1);
        out.append(")");
    }

    private void numeric(NumType type, int depth) {
        var fitting = NUMERIC.stream()
                .filter(opcode -> typeOf(last(opcode.signature().orElseThrow())) == type)
                .toList();
        Opcode opcode = fitting.get(random.nextInt(fitting.size()));
        String name = opcode.mnemonic();
        boolean divides = name.contains(".div_") || name.contains(".rem_");
        if (name.contains(".trunc_f") && random.nextInt(20) > 0) {
            leaf(type);
            return;
        }
        out.append("(").append(name);
        String signature = opcode.signature().orElseThrow();
        for (int i = 0; signature.charAt(i) != ':'; i++) {
            NumType operand = typeOf(signature.charAt(i));
            if (name.contains("reinterpret") || name.contains("copysign")) {
                canonical(operand, depth - 1);
            } else if (divides && i == 1 && random.nextInt(100) > 0) {
                out.append(" (")
                        .append(operand.text())
                        .append(".or (")
                        .append(operand.text())
                        .append(".const 1)");
                expression(operand, depth - 1);
                out.append(")");
            } else {
                expression(operand, depth - 1);
            }
        }
        out.append(")");
    }

    private void canonical(NumType type, int depth) {
        switch (type) {
            case I32, I64 -> expression(type, depth);
            case F32, F64 -> {
                out.append(" (call $canon_").append(type.text());
                expression(type, depth);
                out.append(")");
            }
        }
    }

    private String open() {
        String name = "$l" + label++;
        labels.add(name);
        return name;
    }

    private void close() {
        labels.removeLast();
    }

    private static char last(String signature) {
        return signature.charAt(signature.length() - 1);
    }

    private static NumType typeOf(char letter) {
        return switch (letter) {
            case 'i' -> NumType.I32;
            case 'I' -> NumType.I64;
            case 'f' -> NumType.F32;
            case 'F' -> NumType.F64;
            default -> throw new AssertionError(letter);
        };
    }
}
