package tenon.core;

import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tenon.core.compile.ModuleCompiler;
import tenon.core.compile.ModuleLayout;
import tenon.wasm.Names;

/**
 * Rewrites the frames of one linkage's compiled code into those of WebAssembly: module, function, and the offset in the
 * binary in place of a file. Thread-safe.
 */
final class Frames {
    /** For functions that belong to no linkage. */
    static final Frames NONE = new Frames("");

    private static final String CHUNKS = ChunkedBytes.class.getName();

    private final String loader;
    private final Map<String, ModuleLayout> modules = new ConcurrentHashMap<>();

    Frames(String loader) {
        this.loader = loader;
    }

    void add(String packageName, ModuleLayout module) {
        modules.put(packageName, module);
    }

    private boolean isCompiled(StackTraceElement frame) {
        return loader.equals(frame.getClassLoaderName());
    }

    /** Whether a class is one that compiled code calls for what an instruction does. */
    private static boolean isRuntime(String name) {
        return name.startsWith("tenon.core.guest.") || name.equals(CHUNKS);
    }

    /**
     * Whether an exception of the JVM's was raised by compiled code itself, and not by a host function. Without a stack trace
     * (the JIT throws such exceptions where they are frequent) it was: host functions wrap theirs.
     */
    boolean isOfGuest(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (isCompiled(frame)) {
                return true;
            }
            String name = frame.getClassName();
            if (!name.startsWith("java.") && !name.startsWith("jdk.") && !isRuntime(name)) {
                return false;
            }
        }
        return true;
    }

    /** The trap with its guest's frames rewritten; once. */
    Trap rewrite(Trap trap) {
        var frames = new ArrayList<StackTraceElement>();
        String open = "";
        for (StackTraceElement frame : trap.getStackTrace()) {
            String name = frame.getClassName();
            if (!isCompiled(frame)) {
                if (!isRuntime(name) || !frames.isEmpty()) {
                    frames.add(frame);
                }
                continue;
            }
            int mark = frame.getMethodName().lastIndexOf('#');
            ModuleLayout module = modules.get(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
            if (mark < 0 || module == null) {
                continue;
            }
            String number = frame.getMethodName().substring(mark + 1);
            int part = number.indexOf('@');
            String function = part < 0 ? number : number.substring(0, part);
            String key = name + "#" + function;
            // methods that a function was split into stand for one frame: the innermost
            if (!open.equals(key)) {
                frames.add(rewrite(frame, module, Integer.parseInt(function)));
            }
            open = part < 0 ? "" : key;
        }
        trap.setStackTrace(frames.toArray(StackTraceElement[]::new));
        return trap;
    }

    private static StackTraceElement rewrite(StackTraceElement frame, ModuleLayout layout, int function) {
        var names = layout.module().names();
        String name = names.functions().getOrDefault(function, "function[" + function + "]");
        String file = frame.getLineNumber() < 0
                ? "wasm"
                : "wasm:0x" + Integer.toHexString(ModuleCompiler.position(layout, function, frame.getLineNumber()));
        return new StackTraceElement(Names.shown(names.module().orElse("module")), Names.shown(name), file, -1);
    }
}
