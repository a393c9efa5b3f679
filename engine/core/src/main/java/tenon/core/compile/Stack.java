package tenon.core.compile;

import org.jspecify.annotations.Nullable;

/** The kinds on the operand stack at one point. Immutable; shares what lies below. */
public final class Stack {
    public static final Stack EMPTY = new Stack();

    private final @Nullable Stack below;
    private final @Nullable Kind top;
    private final int height;

    private Stack() {
        this.below = null;
        this.top = null;
        this.height = 0;
    }

    private Stack(Stack below, Kind top) {
        this.below = below;
        this.top = top;
        this.height = below.height + 1;
    }

    /** How many values there are. */
    public int height() {
        return height;
    }

    public Stack push(Kind kind) {
        return new Stack(this, kind);
    }

    public Stack push(Kind... kinds) {
        Stack stack = this;
        for (Kind kind : kinds) {
            stack = new Stack(stack, kind);
        }
        return stack;
    }

    public Stack pop() {
        if (below == null) {
            throw new IllegalStateException("pop from an empty operand stack");
        }
        return below;
    }

    /** Without the {@code count} topmost values. */
    public Stack pop(int count) {
        Stack stack = this;
        for (int i = 0; i < count; i++) {
            stack = stack.pop();
        }
        return stack;
    }

    /** The topmost value's kind. */
    public Kind top() {
        if (top == null) {
            throw new IllegalStateException("the operand stack is empty");
        }
        return top;
    }

    /** The kind at a depth: 0 is the topmost. */
    public Kind peek(int depth) {
        return pop(depth).top();
    }

    /** The {@code count} topmost kinds, the deepest first. */
    public Kind[] topmost(int count) {
        var kinds = new Kind[count];
        Stack stack = this;
        for (int i = count - 1; i >= 0; i--) {
            kinds[i] = stack.top();
            stack = stack.pop();
        }
        return kinds;
    }
}
