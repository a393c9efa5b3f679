package tenon.core.compile;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;

/** A condition whose operands lie on the JVM's stack, as the conditional jump that consumes them. */
record Jump(Opcode whenTrue) {
    static final Jump NOT_ZERO = new Jump(Opcode.IFNE);

    Jump negate() {
        return new Jump(
                switch (whenTrue) {
                    case IFEQ -> Opcode.IFNE;
                    case IFNE -> Opcode.IFEQ;
                    case IFLT -> Opcode.IFGE;
                    case IFGE -> Opcode.IFLT;
                    case IFGT -> Opcode.IFLE;
                    case IFLE -> Opcode.IFGT;
                    case IF_ICMPEQ -> Opcode.IF_ICMPNE;
                    case IF_ICMPNE -> Opcode.IF_ICMPEQ;
                    case IF_ICMPLT -> Opcode.IF_ICMPGE;
                    case IF_ICMPGE -> Opcode.IF_ICMPLT;
                    case IF_ICMPGT -> Opcode.IF_ICMPLE;
                    case IF_ICMPLE -> Opcode.IF_ICMPGT;
                    case IFNULL -> Opcode.IFNONNULL;
                    case IFNONNULL -> Opcode.IFNULL;
                    case IF_ACMPEQ -> Opcode.IF_ACMPNE;
                    case IF_ACMPNE -> Opcode.IF_ACMPEQ;
                    default -> throw new AssertionError(whenTrue);
                });
    }

    void to(CodeBuilder code, Label label) {
        code.branch(whenTrue, label);
    }

    void unless(CodeBuilder code, Label label) {
        code.branch(negate().whenTrue, label);
    }
}
