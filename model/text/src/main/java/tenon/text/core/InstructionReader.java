package tenon.text.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tenon.text.lex.Annotation;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.InvalidException;
import tenon.wasm.BinaryWriter;
import tenon.wasm.Opcode;

/**
 * Instructions, flat and folded: WebAssembly 3.0, "Instructions" of the text format. Open blocks and folded instructions stand
 * on a list of frames and not on the Java stack, so that text may nest as deep as memory allows.
 */
final class InstructionReader {
    private final Assembler assembler;
    private final Cursor at;
    private final BinaryWriter out;
    private final boolean inFunction;
    private final Labels labels = new Labels();
    private final Map<Integer, String> labelNames = new LinkedHashMap<>();
    private int blocks;
    private final Immediates immediates;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final List<BranchHint> hints = new ArrayList<>();

    /** What is open. */
    private enum Shape {
        /** {@code block}, {@code loop} or {@code try_table} up to {@code end}. */
        BLOCK,
        /** {@code if} up to {@code else} or {@code end}. */
        IF,
        /** {@code else} up to {@code end}. */
        ELSE,
        /** {@code (op …)}: operands first, then the instruction. */
        FOLDED,
        /** {@code (block …)}. */
        FOLDED_BLOCK,
        /** {@code (if …} up to {@code (then}. */
        CONDITION,
        /** {@code (then …)}. */
        THEN,
        /** {@code (if … (then …) …} up to {@code (else} or the end. */
        AFTER_THEN,
        /** {@code (else …)}. */
        FOLDED_ELSE,
        /** {@code (if … (then …) (else …) …}. */
        AFTER_ELSE;

        /** Whether {@code end} closes it, and not a parenthesis. */
        private boolean isFlat() {
            return this == BLOCK || this == IF || this == ELSE;
        }

        /** Whether any instruction may stand in it. */
        private boolean holdsSequence() {
            return isFlat() || this == FOLDED || this == FOLDED_BLOCK || this == THEN || this == FOLDED_ELSE;
        }

        /** Whether a folded instruction may stand in it. */
        private boolean holdsFolded() {
            return holdsSequence() || this == CONDITION;
        }
    }

    /** {@code pending} is the instruction that waits for its operands. */
    private record Frame(Shape shape, Optional<String> label, BinaryWriter pending, OptionalInt hint) {
        private Frame(Shape shape) {
            this(shape, Optional.empty(), new BinaryWriter(), OptionalInt.empty());
        }
    }

    InstructionReader(Assembler assembler, Cursor at, BinaryWriter out, IndexSpace locals, boolean inFunction) {
        this.assembler = assembler;
        this.at = at;
        this.out = out;
        this.inFunction = inFunction;
        this.immediates = new Immediates(assembler, at, locals, labels);
    }

    /** A constant expression up to the token {@code to}, with its {@code end}. */
    static void expression(Assembler assembler, Cursor at, int to, BinaryWriter out) {
        new InstructionReader(assembler, at, out, new IndexSpace("local"), false).read(to);
        out.writeOpcode(Opcode.END);
    }

    /** A constant expression of one folded instruction, with its {@code end}. */
    static void folded(Assembler assembler, Cursor at, BinaryWriter out) {
        if (!at.at(Token.OPEN)) {
            throw at.unexpected("`(`");
        }
        expression(assembler, at, at.partner() + 1, out);
    }

    /** The hints that have been read, in the order of their offsets. */
    List<BranchHint> hints() {
        return hints;
    }

    /** The names of labels, by the number of their blocks. */
    Map<Integer, String> labels() {
        return labelNames;
    }

    /** Reads instructions up to the token {@code to}. */
    void read(int to) {
        while (at.index() < to) {
            switch (at.kind()) {
                case OPEN -> open();
                case CLOSE -> close();
                case KEYWORD -> flat();
                case IDENTIFIER, STRING, INTEGER, FLOAT, RESERVED, END -> throw at.unexpected("an instruction");
            }
        }
        if (!frames.isEmpty()) {
            throw at.unexpected("`end`");
        }
    }

    private @Nullable Shape top() {
        return frames.isEmpty() ? null : frames.getLast().shape;
    }

    private Opcode opcode() {
        Optional<Opcode> opcode = at.at(Token.KEYWORD) ? Opcode.of(at.text()) : Optional.empty();
        return opcode.orElseThrow(() -> at.unexpected("an instruction"));
    }

    private void flat() {
        Shape top = top();
        if (top != null && !top.holdsSequence()) {
            throw at.unexpected("`(`");
        }
        Opcode opcode = opcode();
        OptionalInt hint = hint(at.index(), opcode);
        if (opcode == Opcode.ELSE) {
            flatElse(top);
        } else if (opcode == Opcode.END) {
            flatEnd(top);
        } else if (isBlock(opcode)) {
            at.skip();
            Optional<String> label = at.takeIdentifier();
            addHint(hint);
            immediates.writeBlock(opcode, out);
            push(new Frame(opcode == Opcode.IF ? Shape.IF : Shape.BLOCK), label);
        } else {
            at.skip();
            addHint(hint);
            immediates.write(opcode, out);
        }
    }

    private void flatElse(@Nullable Shape top) {
        if (top != Shape.IF) {
            throw at.unexpected("an instruction");
        }
        at.skip();
        labels.checkRepeated(at);
        frames.removeLast();
        frames.addLast(new Frame(Shape.ELSE));
        out.writeOpcode(Opcode.ELSE);
    }

    private void flatEnd(@Nullable Shape top) {
        if (top == null || !top.isFlat()) {
            throw at.unexpected("an instruction");
        }
        at.skip();
        labels.checkRepeated(at);
        pop();
    }

    private void open() {
        Shape top = top();
        if (top == Shape.CONDITION && at.atOpen("then")) {
            then();
            return;
        }
        if (top == Shape.AFTER_THEN && at.takeOpen("else")) {
            frames.addLast(new Frame(Shape.FOLDED_ELSE));
            out.writeOpcode(Opcode.ELSE);
            return;
        }
        if (top != null && !top.holdsFolded()) {
            throw at.unexpected(top == Shape.AFTER_THEN ? "`(else` or `)`" : "`)`");
        }
        int open = at.index();
        at.skip();
        Opcode opcode = opcode();
        if (opcode == Opcode.ELSE || opcode == Opcode.END) {
            throw at.unexpected("an instruction");
        }
        OptionalInt hint = hint(open, opcode);
        at.skip();
        if (opcode == Opcode.IF) {
            Optional<String> label = at.takeIdentifier();
            var pending = new BinaryWriter();
            immediates.writeBlock(opcode, pending);
            frames.addLast(new Frame(Shape.CONDITION, label, pending, hint));
        } else if (isBlock(opcode)) {
            Optional<String> label = at.takeIdentifier();
            immediates.writeBlock(opcode, out);
            push(new Frame(Shape.FOLDED_BLOCK), label);
        } else {
            var pending = new BinaryWriter();
            immediates.write(opcode, pending);
            frames.addLast(new Frame(Shape.FOLDED, Optional.empty(), pending, hint));
        }
    }

    private void then() {
        at.moveTo(at.index() + 2);
        Frame condition = frames.removeLast();
        addHint(condition.hint);
        out.write(condition.pending);
        push(new Frame(Shape.AFTER_THEN), condition.label);
        frames.addLast(new Frame(Shape.THEN));
    }

    private void close() {
        Shape top = top();
        if (top == null || top.isFlat()) {
            throw at.unexpected("`end`");
        }
        if (top == Shape.CONDITION) {
            throw at.unexpected("`(then`");
        }
        at.skip();
        if (top == Shape.FOLDED) {
            Frame frame = frames.removeLast();
            addHint(frame.hint);
            out.write(frame.pending);
        } else if (top == Shape.FOLDED_ELSE) {
            frames.removeLast();
            frames.removeLast();
            frames.addLast(new Frame(Shape.AFTER_ELSE));
        } else if (top == Shape.THEN) {
            frames.removeLast();
        } else {
            pop();
        }
    }

    private void push(Frame frame, Optional<String> label) {
        frames.addLast(frame);
        labels.push(label);
        label.ifPresent(name -> labelNames.put(blocks, name));
        blocks++;
    }

    private void pop() {
        frames.removeLast();
        labels.pop();
        out.writeOpcode(Opcode.END);
    }

    private static boolean isBlock(Opcode opcode) {
        return switch (opcode.immediate()) {
            case BLOCK, TRY_TABLE -> true;
            case NONE, LABEL, LABELS, FUNC, TYPE, TYPE_TABLE, TYPES, LOCAL, GLOBAL, TABLE, TAG, MEMARG, MEMORY -> false;
            case MEMORY_MEMORY, DATA_MEMORY, DATA, ELEM_TABLE, ELEM, TABLE_TABLE, I32, I64, F32, F64, HEAP -> false;
            case TYPE_FIELD, TYPE_COUNT, TYPE_DATA, TYPE_ELEM, TYPE_TYPE, CAST, CAST_LABEL, FENCE -> false;
        };
    }

    private void addHint(OptionalInt value) {
        value.ifPresent(hint -> hints.add(new BranchHint(out.size(), hint)));
    }

    /** The hint in front of the instruction whose first token is {@code first}; the cursor is at its word. */
    private OptionalInt hint(int first, Opcode opcode) {
        OptionalInt hint = OptionalInt.empty();
        for (Annotation annotation : at.tokens().annotations(first, at.index() + 1)) {
            if (!annotation.id().equals(Annotation.BRANCH_HINT) || !inFunction) {
                continue;
            }
            if (hint.isPresent()) {
                throw at.tokens().source().malformed(annotation.offset(), BranchHint.PREFIX + "duplicate annotation");
            }
            if (opcode != Opcode.IF && opcode != Opcode.BR_IF) {
                throw new InvalidException(
                        at.tokens().source().position(annotation.offset()),
                        BranchHint.PREFIX + "invalid target `" + opcode.mnemonic() + "`, expected `if` or `br_if`");
            }
            hint = OptionalInt.of(BranchHint.value(annotation));
            assembler.consume(annotation);
        }
        return hint;
    }
}
