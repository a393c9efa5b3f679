package tenon.text.core;

import java.util.ArrayList;
import java.util.List;
import tenon.text.core.TypeSpace.TypeUse;
import tenon.text.lex.Cursor;
import tenon.text.lex.Token;
import tenon.types.core.FuncType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.ValType;
import tenon.wasm.BinaryWriter;
import tenon.wasm.Opcode;

/** {@code (func …)}: WebAssembly 3.0, "Functions" of the text format. */
record FunctionField(Header header) implements Field {

    @Override
    public void assemble(Assembler assembler) {
        Cursor at = header.assemble(assembler);
        TypeSpace types = assembler.scope().types();
        if (header.assembleImport(
                assembler, at, cursor -> new FuncTypeUse(types.use(cursor).index()))) {
            return;
        }
        TypeUse use = types.use(at);
        var locals = new IndexSpace("local");
        parameters(at, use, types, locals);
        var body = new BinaryWriter();
        locals(at, types.reader(), locals, body);
        var instructions = new InstructionReader(assembler, at, body, locals, true);
        instructions.read(header.close());
        body.writeOpcode(Opcode.END);
        at.expectClose();
        assembler.function(header.index(), use.index(), body, instructions.hints());
        assembler.names(header.index(), locals.names(), instructions.labels());
    }

    private void parameters(Cursor at, TypeUse use, TypeSpace types, IndexSpace locals) {
        if (!use.signature().isEmpty()) {
            for (Integer name : use.signature().names()) {
                if (name == null) {
                    locals.declare();
                } else {
                    Cursor there = at.fork();
                    there.moveTo(name);
                    locals.declare(there);
                }
            }
            return;
        }
        if (!types.isKnown(use.index()) && at.atOpen("local")) {
            refuseNamedLocals(at.fork(), use);
        }
        int count = types.functionType(use.index())
                .map(FuncType::params)
                .orElse(List.of())
                .size();
        for (int i = 0; i < count; i++) {
            locals.declare();
        }
    }

    /** The numbers of named locals depend on the type, so it has to be known here. */
    private static void refuseNamedLocals(Cursor at, TypeUse use) {
        while (at.atOpen("local")) {
            if (at.tokens().kind(at.index() + 2) == Token.IDENTIFIER) {
                throw at.malformed("unknown type `" + use.index() + "` in front of named locals");
            }
            at.skipGroup();
        }
    }

    /** {@code (local …)*}, written in runs of equal types. */
    private static void locals(Cursor at, TypeReader types, IndexSpace locals, BinaryWriter body) {
        var declared = new ArrayList<ValType>();
        while (at.takeOpen("local")) {
            if (at.at(Token.IDENTIFIER)) {
                locals.declare(at);
                declared.add(types.valType(at));
            } else {
                List<ValType> group = types.valTypes(at);
                group.forEach(_ -> locals.declare());
                declared.addAll(group);
            }
            at.expectClose();
        }
        var runs = new BinaryWriter();
        int count = 0;
        int from = 0;
        for (int i = 1; i <= declared.size(); i++) {
            if (i == declared.size() || !declared.get(i).equals(declared.get(from))) {
                runs.writeU32(i - from).writeValType(declared.get(from));
                from = i;
                count++;
            }
        }
        body.writeU32(count).write(runs);
    }
}
