package tenon.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Valid modules by chance, the same for the same seed, of functions that branch much and carry much across branches: operands
 * on the stack, locals of all kinds, blocks with parameters and results, branch tables in front of nested blocks, exceptions,
 * tail calls. Loops and calls burn fuel, and end without it.
 *
 * <p>Exports: {@code memory}, {@code refuel}, which clears what earlier calls left, and the functions {@code f0} ….
 */
final class RandomFunctions {
    /** Functions 0 and 1 are {@code refuel} and one that raises, grows the memory or does nothing of the sort. */
    private static final int FIRST = 2;

    private static final int RAISES = 1;

    /** What the tags carry, by their index. */
    private static final List<List<Type>> TAGS =
            List.of(List.of(), List.of(Type.I32), List.of(Type.I64, Type.F64), List.of(Type.FUNC, Type.F32));

    enum Type {
        I32(0x7f),
        I64(0x7e),
        F32(0x7d),
        F64(0x7c),
        FUNC(0x70),
        EXCEPTION(0x69);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        private boolean isNumber() {
            return ordinal() <= F64.ordinal();
        }
    }

    /** A function's type. */
    record Signature(List<Type> params, List<Type> results) {}

    private final Random random;
    private final Map<Signature, Integer> types = new LinkedHashMap<>();
    private final List<Signature> functions = new ArrayList<>();

    // of the function in work
    private ByteCode code = new ByteCode();
    private Signature current = new Signature(List.of(), List.of());
    private List<Type> locals = List.of();
    /** What labels carry, outermost first. */
    private final List<List<Type>> labels = new ArrayList<>();
    /** The operands of the innermost block. */
    private List<Type> stack = new ArrayList<>();

    private boolean dead;
    private int space;
    /** Whether functions are state machines with short cases, of which several go into one method. */
    private boolean machines;

    RandomFunctions(long seed) {
        random = new Random(seed);
    }

    /** Of the functions {@code f0} …. */
    List<Signature> functions() {
        return functions;
    }

    byte[] binary() {
        machines = oneIn(3);
        int count = machines ? 1 + below(2) : 2 + below(4);
        for (int f = 0; f < count; f++) {
            boolean likeThatBefore = f > 0 && random.nextBoolean();
            List<Type> results = likeThatBefore ? functions.getLast().results : some(4, Type.EXCEPTION.ordinal());
            functions.add(new Signature(some(5, Type.EXCEPTION.ordinal()), results));
        }
        var nothing = new Signature(List.of(), List.of());
        var bodies = new ArrayList<ByteCode>();
        bodies.add(FirstFunctions.refuel());
        bodies.add(FirstFunctions.raises());
        functions.forEach(function -> bodies.add(function(function)));
        var all = new ArrayList<>(List.of(nothing, new Signature(List.of(Type.I32), List.of(Type.I32))));
        all.addAll(functions);
        TAGS.forEach(tag -> type(tag, List.of()));
        all.forEach(function -> type(function.params, function.results));

        var out = new ByteCode().raw(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
        out.section(1, typeSection());
        out.section(3, list(all.stream().map(f -> type(f.params, f.results)).toList()));
        out.section(4, new ByteCode().raw(1, Type.FUNC.code, 0).unsigned(all.size()));
        out.section(5, new ByteCode().raw(1, 1, 1, 3));
        var tags = new ByteCode().unsigned(TAGS.size());
        TAGS.forEach(tag -> tags.raw(0).unsigned(type(tag, List.of())));
        out.section(13, tags);
        out.section(
                6,
                new ByteCode()
                        .raw(3, Type.I32.code, 1, 0x41, 0, 0x0b)
                        .raw(Type.I32.code, 1, 0x41, 0, 0x0b)
                        .raw(Type.I64.code, 1, 0x42, 0, 0x0b));
        var exports = new ByteCode().unsigned(functions.size() + 2);
        exports.name("memory").raw(2, 0).name("refuel").raw(0, 0);
        for (int f = 0; f < functions.size(); f++) {
            exports.name("f" + f).raw(0).unsigned(FIRST + f);
        }
        out.section(7, exports);
        var elements = new ByteCode().raw(1, 0, 0x41, 0, 0x0b).unsigned(all.size());
        for (int f = 0; f < all.size(); f++) {
            elements.unsigned(f);
        }
        out.section(9, elements);
        var codes = new ByteCode().unsigned(bodies.size());
        bodies.forEach(body -> codes.unsigned(body.size()).append(body));
        return out.section(10, codes).bytes();
    }

    private ByteCode typeSection() {
        var section = new ByteCode().unsigned(types.size());
        types.keySet().forEach(type -> {
            section.raw(0x60).unsigned(type.params.size());
            type.params.forEach(each -> section.raw(each.code));
            section.unsigned(type.results.size());
            type.results.forEach(each -> section.raw(each.code));
        });
        return section;
    }

    private static ByteCode list(List<Integer> numbers) {
        var bytes = new ByteCode().unsigned(numbers.size());
        numbers.forEach(bytes::unsigned);
        return bytes;
    }

    private int type(List<Type> params, List<Type> results) {
        return types.computeIfAbsent(new Signature(List.copyOf(params), List.copyOf(results)), _ -> types.size());
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Fewer than {@code bound} types of the first {@code kinds}. */
    private List<Type> some(int bound, int kinds) {
        var some = new ArrayList<Type>();
        for (int i = below(bound); i > 0; i--) {
            some.add(Type.values()[below(kinds)]);
        }
        return List.copyOf(some);
    }

    private ByteCode function(Signature function) {
        current = function;
        code = new ByteCode();
        var all = new ArrayList<>(function.params);
        List<Type> own = new ArrayList<>(some(machines ? 3 : 9, Type.values().length));
        own.addAll(List.of(Type.I32, Type.FUNC, Type.EXCEPTION));
        all.addAll(own);
        locals = all;
        space = machines ? 3000 : 60 + below(oneIn(4) ? 1200 : 400);
        labels.clear();
        labels.add(function.results);
        stack = new ArrayList<>();
        dead = false;
        code.unsigned(own.size());
        own.forEach(type -> code.raw(1, type.code));
        burn();
        if (machines) {
            machine(2);
        } else {
            do {
                sequence(5);
            } while (!dead && code.size() < space);
        }
        finish(function.results);
        return code.raw(0x0b);
    }

    /** Traps when all fuel is burnt. */
    private void burn() {
        code.raw(0x23, 0, 0x41, 1, 0x6b, 0x24, 0, 0x23, 0, 0x41, 0, 0x48, 0x04, 0x40, 0x00, 0x0b);
    }

    /** The instructions of a case. */
    private void caseOf(int depth) {
        if (machines && depth > 0 && !oneIn(20)) {
            for (int n = below(7); n > 0 && !dead; n--) {
                if (oneIn(12)) {
                    branch();
                } else {
                    plain();
                }
            }
        } else if (code.size() < space || random.nextBoolean()) {
            sequence(depth - 1);
        }
    }

    private void sequence(int depth) {
        for (int n = 1 + below(6); n > 0 && !dead; n--) {
            if (depth > 0 && code.size() < space && oneIn(3)) {
                structure(depth);
            } else if (oneIn(4)) {
                branch();
            } else {
                plain();
            }
        }
    }

    /** Leaves exactly these operands in the innermost block. */
    private void finish(List<Type> results) {
        if (dead || stack.equals(results)) {
            return;
        }
        while (!stack.isEmpty()) {
            take();
        }
        push(results);
    }

    /** Takes the topmost operand away. */
    private void take() {
        int local = local(stack.getLast());
        if (local >= 0 && random.nextBoolean()) {
            code.raw(0x21).unsigned(local);
        } else {
            code.raw(0x1a);
        }
        stack.removeLast();
    }

    private int local(Type type) {
        var fitting = new ArrayList<Integer>();
        for (int i = 0; i < locals.size(); i++) {
            if (locals.get(i) == type) {
                fitting.add(i);
            }
        }
        return fitting.isEmpty() ? -1 : any(fitting, random);
    }

    private void push(List<Type> all) {
        all.forEach(this::push);
    }

    private void push(Type type) {
        int local = local(type);
        if (local >= 0 && !oneIn(3)) {
            code.raw(0x20).unsigned(local);
        } else {
            switch (type) {
                case I32 -> code.raw(0x41).signed(below(40) - 5);
                case I64 -> code.raw(0x42).signed(random.nextInt());
                case F32 -> code.raw(0x43).fixed(Float.floatToIntBits(below(100) / 4f), 4);
                case F64 -> code.raw(0x44).fixed(Double.doubleToLongBits(below(1000) / 8d), 8);
                case FUNC -> {
                    if (random.nextBoolean()) {
                        code.raw(0xd0, 0x70);
                    } else {
                        code.raw(0xd2).unsigned(below(functions.size() + FIRST));
                    }
                }
                case EXCEPTION -> code.raw(0xd0, 0x69);
            }
        }
        stack.add(type);
    }

    private void pop(int count) {
        for (int i = 0; i < count; i++) {
            stack.removeLast();
        }
    }

    /** Pushes an address in bounds. */
    private void address() {
        push(Type.I32);
        code.raw(0x41).signed(0x7ff8).raw(0x71);
    }

    /** Something without a label. */
    private void plain() {
        switch (below(12)) {
            case 0, 1 -> push(Type.values()[below(Type.values().length)]);
            case 2, 3 -> log();
            case 4 -> set();
            case 5, 6 -> operate();
            case 7 -> {
                address();
                code.raw(0x28, 2).unsigned(below(100));
            }
            case 8 -> {
                address();
                push(Type.I32);
                code.raw(0x36, 2).unsigned(below(100));
                pop(2);
            }
            case 9 -> {
                push(Type.I32);
                code.raw(0x10, RAISES);
            }
            case 10 -> call();
            default -> {
                Type type = Type.values()[below(Type.values().length)];
                push(type);
                push(type);
                push(Type.I32);
                code.raw(0x1c, 1, type.code);
                pop(2);
            }
        }
    }

    private void call() {
        if (!oneIn(3)) {
            set();
            return;
        }
        int callee = below(functions.size());
        Signature signature = functions.get(callee);
        push(signature.params);
        if (random.nextBoolean()) {
            code.raw(0x10).unsigned(FIRST + callee);
        } else {
            code.raw(0x41).signed(FIRST + callee);
            code.raw(0x11).unsigned(type(signature.params, signature.results)).raw(0);
        }
        pop(signature.params.size());
        stack.addAll(signature.results);
    }

    private void set() {
        int local = below(locals.size());
        if (stack.isEmpty() || stack.getLast() != locals.get(local)) {
            push(locals.get(local));
        }
        if (oneIn(4)) {
            code.raw(0x22).unsigned(local);
        } else {
            code.raw(0x21).unsigned(local);
            stack.removeLast();
        }
    }

    /** Writes a local to the next place in memory. */
    private void log() {
        int local = below(locals.size());
        code.raw(0x23, 1).raw(0x20).unsigned(local);
        switch (locals.get(local)) {
            case I32 -> code.raw(0x36, 0);
            case I64 -> code.raw(0x37, 0);
            case F32 -> code.raw(0xfc, 0x00, 0x36, 0);
            case F64 -> code.raw(0xfc, 0x02, 0x36, 0);
            case FUNC, EXCEPTION -> code.raw(0xd1, 0x36, 0);
        }
        code.unsigned(0x8000).raw(0x23, 1, 0x41, 8, 0x6a, 0x41).signed(0x7ff8).raw(0x71, 0x24, 1);
    }

    /** Computes with the topmost operands. */
    private void operate() {
        if (stack.isEmpty()) {
            push(Type.I32);
        }
        Type type = stack.getLast();
        if (type.isNumber() && stack.size() > 1 && stack.get(stack.size() - 2) == type && random.nextBoolean()) {
            code.raw(
                    switch (type) {
                        case I32 -> 0x6a + below(3);
                        case I64 -> 0x7c + below(3);
                        case F32 -> 0x92 + below(2);
                        default -> 0xa0 + below(2);
                    });
            stack.removeLast();
            return;
        }
        stack.removeLast();
        switch (type) {
            case I32 -> {
                int conversion = below(4);
                code.raw(List.of(0x45, 0xac, 0xb2, 0xb7).get(conversion));
                stack.add(Type.values()[conversion]);
            }
            case I64 -> {
                code.raw(0xa7);
                stack.add(Type.I32);
            }
            case F32 -> {
                code.raw(0xfc, 0x00);
                stack.add(Type.I32);
            }
            case F64 -> {
                code.raw(0xfc, 0x02);
                stack.add(Type.I32);
            }
            case FUNC, EXCEPTION -> {
                code.raw(0xd1);
                stack.add(Type.I32);
            }
        }
    }

    private int depthOf(int label) {
        return labels.size() - 1 - label;
    }

    /** A branch on a condition, or a jump that is taken or not. */
    private void branch() {
        int label = below(labels.size());
        List<Type> carried = labels.get(label);
        switch (below(6)) {
            case 0, 1, 2 -> {
                push(carried);
                push(Type.I32);
                code.raw(0x0d).unsigned(depthOf(label));
                stack.removeLast();
            }
            case 3 -> {
                push(carried);
                push(Type.FUNC);
                code.raw(0xd5).unsigned(depthOf(label));
            }
            case 4 -> {
                if (!carried.isEmpty() && carried.getLast() == Type.FUNC) {
                    push(carried);
                    code.raw(0xd6).unsigned(depthOf(label));
                    stack.removeLast();
                }
            }
            default -> {
                push(Type.I32);
                code.raw(0x45, 0x04, 0x40);
                stack.removeLast();
                List<Type> around = enter(List.of(), List.of());
                plain();
                leave();
                leaveBlock(around, List.of());
            }
        }
    }

    /** Begins a block whose label carries {@code carried}; the operands around it, without the parameters. */
    private List<Type> enter(List<Type> params, List<Type> carried) {
        List<Type> around = stack;
        stack = new ArrayList<>(params);
        labels.add(carried);
        return around;
    }

    /** Ends a block with these results. */
    private void leaveBlock(List<Type> around, List<Type> results) {
        finish(results);
        labels.removeLast();
        code.raw(0x0b);
        stack = around;
        stack.addAll(results);
        dead = false;
    }

    /** Jumps away. */
    private void leave() {
        int label = below(labels.size());
        switch (below(9)) {
            case 0, 1 -> {
                push(labels.get(label));
                code.raw(0x0c).unsigned(depthOf(label));
            }
            case 2 -> {
                push(current.results);
                code.raw(0x0f);
            }
            case 3, 4 -> {
                int tag = below(TAGS.size());
                push(TAGS.get(tag));
                code.raw(0x08).unsigned(tag);
            }
            case 5 -> {
                push(Type.EXCEPTION);
                code.raw(0x0a);
            }
            case 6, 7 -> tailCall();
            default -> table(label);
        }
        dead = true;
    }

    private void tailCall() {
        var fitting = new ArrayList<Integer>();
        for (int f = 0; f < functions.size(); f++) {
            if (functions.get(f).results.equals(current.results)) {
                fitting.add(f);
            }
        }
        int callee = any(fitting, random);
        Signature signature = functions.get(callee);
        push(signature.params);
        if (random.nextBoolean()) {
            code.raw(0x12).unsigned(FIRST + callee);
        } else {
            code.raw(0x41).signed(FIRST + callee);
            code.raw(0x13).unsigned(type(signature.params, signature.results)).raw(0);
        }
    }

    /** A branch table to labels that carry the same. */
    private void table(int like) {
        List<Type> carried = labels.get(like);
        var fitting = new ArrayList<Integer>();
        for (int label = 0; label < labels.size(); label++) {
            if (labels.get(label).equals(carried)) {
                fitting.add(label);
            }
        }
        push(carried);
        push(Type.I32);
        targets(fitting, below(10));
    }

    private void targets(List<Integer> fitting, int count) {
        code.raw(0x0e).unsigned(count);
        for (int i = 0; i <= count; i++) {
            code.unsigned(depthOf(any(fitting, random)));
        }
    }

    private void structure(int depth) {
        switch (below(8)) {
            case 0, 1 -> block(depth);
            case 2 -> loop(depth);
            case 3, 4 -> choice(depth);
            case 5 -> protect(depth);
            default -> machine(depth);
        }
    }

    /** Some of the topmost operands. */
    private List<Type> params() {
        int count = below(Math.min(3, stack.size() + 1));
        var params = List.copyOf(stack.subList(stack.size() - count, stack.size()));
        pop(count);
        return params;
    }

    private void blockType(List<Type> params, List<Type> results) {
        code.signed(type(params, results));
    }

    private void block(int depth) {
        List<Type> params = params();
        List<Type> results = some(3, Type.values().length);
        code.raw(0x02);
        blockType(params, results);
        List<Type> around = enter(params, results);
        sequence(depth - 1);
        leaveBlock(around, results);
    }

    private void loop(int depth) {
        List<Type> params = params();
        List<Type> results = some(3, Type.values().length);
        code.raw(0x03);
        blockType(params, results);
        List<Type> around = enter(params, params);
        if (oneIn(3)) {
            count(depth);
        } else {
            burn();
            sequence(depth - 1);
        }
        leaveBlock(around, results);
    }

    /** The body of a loop that counts to a bound at most. */
    private void count(int depth) {
        burn();
        sequence(depth - 1);
        if (!dead) {
            List<Type> params = labels.getLast();
            int counter = local(Type.I32);
            push(params);
            code.raw(0x20).unsigned(counter).raw(0x41, 1, 0x6a, 0x22).unsigned(counter);
            code.raw(0x41).signed(below(20)).raw(0x48, 0x0d, 0);
        }
    }

    private void choice(int depth) {
        push(Type.I32);
        stack.removeLast();
        List<Type> params = params();
        boolean otherwise = random.nextBoolean();
        List<Type> results = otherwise ? some(3, Type.values().length) : params;
        if (!params.isEmpty()) {
            // the condition lay on top of what are parameters now
            code.raw(0x45);
        }
        code.raw(0x04);
        blockType(params, results);
        List<Type> around = enter(params, results);
        sequence(depth - 1);
        if (!dead && oneIn(6)) {
            leave();
        }
        if (otherwise) {
            finish(results);
            code.raw(0x05);
            dead = false;
            stack = new ArrayList<>(params);
            sequence(depth - 1);
        }
        leaveBlock(around, results);
    }

    /** A {@code try_table} in a block to which its first clause branches. */
    private void protect(int depth) {
        int tag = below(TAGS.size() + 1);
        boolean reference = random.nextBoolean();
        var results = new ArrayList<>(tag < TAGS.size() ? TAGS.get(tag) : List.of());
        if (reference) {
            results.add(Type.EXCEPTION);
        }
        code.raw(0x02);
        blockType(List.of(), results);
        List<Type> around = enter(List.of(), results);
        if (oneIn(3)) {
            sequence(depth - 1);
        }
        if (!dead) {
            List<Type> params = params();
            List<Type> inside = some(3, Type.values().length);
            code.raw(0x1f);
            blockType(params, inside);
            clauses();
            List<Type> outer = enter(params, inside);
            sequence(depth - 1);
            leaveBlock(outer, inside);
            if (oneIn(3)) {
                sequence(depth - 1);
            }
            if (!dead && oneIn(3)) {
                leave();
            }
        }
        leaveBlock(around, results);
        log();
    }

    /** Clauses for the label in front, which fits, and for others that do. */
    private void clauses() {
        var clauses = new ArrayList<int[]>();
        for (int label = labels.size() - 1; label >= 0; label--) {
            for (int tag = 0; tag <= TAGS.size(); tag++) {
                var carried = new ArrayList<>(tag < TAGS.size() ? TAGS.get(tag) : List.of());
                int kind = tag < TAGS.size() ? 0 : 2;
                if (labels.get(label).equals(carried) && (clauses.isEmpty() || oneIn(4))) {
                    clauses.add(new int[] {kind, tag, depthOf(label)});
                }
                carried.add(Type.EXCEPTION);
                if (labels.get(label).equals(carried) && (clauses.isEmpty() || oneIn(4))) {
                    clauses.add(new int[] {kind + 1, tag, depthOf(label)});
                }
            }
        }
        code.unsigned(clauses.size());
        for (int[] clause : clauses) {
            code.raw(clause[0]);
            if (clause[0] < 2) {
                code.unsigned(clause[1]);
            }
            code.unsigned(clause[2]);
        }
    }

    /** A state machine: a loop around a branch table in nested blocks, and a case behind the end of each. */
    private void machine(int depth) {
        boolean loops = !oneIn(4);
        int cases = machines ? 8 + below(30) : 1 + below(oneIn(3) ? 20 : 8);
        int state = local(Type.I32);
        List<Type> around = stack;
        if (loops) {
            code.raw(0x03, 0x40);
            around = enter(List.of(), List.of());
            burn();
        }
        boolean handled = oneIn(4);
        List<Type> unhandled = stack;
        if (handled) {
            code.raw(0x1f, 0x40);
            clauses();
            unhandled = enter(List.of(), List.of());
        }
        int outermost = labels.size();
        var outer = new ArrayList<List<Type>>();
        for (int c = 0; c < cases; c++) {
            if (oneIn(machines ? 100 : 12)) {
                plain();
            }
            code.raw(0x02, 0x40);
            outer.add(enter(List.of(), List.of()));
        }
        dispatch(depth, outermost, state);
        for (int c = 0; c < cases; c++) {
            leaveBlock(outer.removeLast(), List.of());
            caseOf(depth);
            if (!dead && random.nextBoolean()) {
                end(loops && oneIn(2) ? outermost - (handled ? 2 : 1) : -1, state);
            }
            if (dead) {
                stack = new ArrayList<>();
            }
            if (!dead && c + 1 < cases) {
                finish(List.of());
            }
        }
        if (handled) {
            leaveBlock(unhandled, List.of());
        }
        if (loops) {
            leaveBlock(around, List.of());
        }
    }

    private void dispatch(int depth, int outermost, int state) {
        if (oneIn(3)) {
            sequence(depth - 1);
        }
        if (dead) {
            return;
        }
        if (oneIn(6)) {
            push(Type.values()[below(Type.values().length)]);
        }
        var fitting = new ArrayList<Integer>();
        for (int label = outermost; label < labels.size(); label++) {
            fitting.add(label);
        }
        for (int label = 0; label < outermost; label++) {
            if (labels.get(label).isEmpty() && oneIn(4)) {
                fitting.add(label);
            }
        }
        code.raw(0x20).unsigned(state);
        if (machines || random.nextBoolean()) {
            code.raw(0x41).signed(machines ? 63 : 15).raw(0x71);
        }
        targets(fitting, below(oneIn(6) ? 300 : machines ? 60 : 24));
        dead = true;
    }

    /** The end of a case: another round, or whatever else. */
    private void end(int again, int state) {
        if (again < 0) {
            leave();
            return;
        }
        code.raw(0x20)
                .unsigned(state)
                .raw(0x41)
                .signed(1 + below(machines ? 40 : 5))
                .raw(0x6a, 0x21)
                .unsigned(state);
        code.raw(0x0c).unsigned(depthOf(again));
        dead = true;
    }
}
