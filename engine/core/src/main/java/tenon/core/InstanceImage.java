package tenon.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.wasm.Module;

/** A state of an instance's own memories, tables and globals. What it imports belongs to the image of its maker. */
public final class InstanceImage {
    private final CoreInstance instance;
    private final List<CoreMemory> memories = new ArrayList<>();
    private final List<@Nullable Object[]> tables = new ArrayList<>();
    private final long[] numbers;
    private final @Nullable Object[] references;
    private final boolean[] droppedData;
    private final boolean[] droppedElements;

    private InstanceImage(CoreInstance instance) {
        this.instance = instance;
        int globals = module().globals().size();
        this.numbers = new long[globals];
        this.references = new Object[globals];
        this.droppedData = instance.droppedData().clone();
        this.droppedElements = instance.droppedElements().clone();
    }

    static InstanceImage of(CoreInstance instance) {
        if (!instance.linked().module().engine().options().resettable()) {
            throw new IllegalStateException("instances of an engine without the option `resettable` have no images");
        }
        if (!instance.hasImage()) {
            throw new IllegalStateException("an image does not cover all that the instance has");
        }
        var image = new InstanceImage(instance);
        Module module = image.module();
        for (int i = firstMemory(module); i < instance.memories.length; i++) {
            CoreMemory memory = instance.memories[i];
            instance.linked().shareImage(i, memory::image);
            image.memories.add(memory);
        }
        for (int i = firstTable(module); i < instance.tables.length; i++) {
            image.tables.add(instance.tables[i].image());
        }
        for (int i = 0; i < module.globals().size(); i++) {
            image.capture(i, firstGlobal(module) + i);
        }
        return image;
    }

    private Module module() {
        return instance.linked().source();
    }

    private static int firstMemory(Module module) {
        return module.spaces().memories().size() - module.memories().size();
    }

    private static int firstTable(Module module) {
        return module.spaces().tables().size() - module.tables().size();
    }

    private static int firstGlobal(Module module) {
        return module.spaces().globals().size() - module.globals().size();
    }

    private boolean isNumber(int global) {
        return JvmTypes.of(module().spaces().globals().get(global).value()).isPrimitive();
    }

    private void capture(int at, int global) {
        CoreGlobal cell = instance.globals[global];
        if (isNumber(global)) {
            numbers[at] = cell != null ? cell.bits() : instance.getNumber(global);
        } else {
            references[at] = cell != null ? cell.reference() : instance.getReference(global);
        }
    }

    void restore(CoreInstance of) {
        if (of != instance) {
            throw new IllegalArgumentException("the image is one of another instance");
        }
        Module module = module();
        for (CoreMemory memory : memories) {
            memory.reset();
        }
        for (int i = 0; i < tables.size(); i++) {
            instance.tables[firstTable(module) + i].reset(tables.get(i));
        }
        for (int i = 0; i < numbers.length; i++) {
            restore(i, firstGlobal(module) + i);
        }
        instance.restoreDropped(droppedData, droppedElements);
    }

    private void restore(int at, int global) {
        CoreGlobal cell = instance.globals[global];
        if (isNumber(global)) {
            if (cell != null) {
                cell.bits(numbers[at]);
            } else {
                instance.setNumber(global, numbers[at]);
            }
        } else if (cell != null) {
            cell.reference(references[at]);
        } else {
            instance.setReference(global, references[at]);
        }
    }
}
