package tenon.make.component;

import tenon.types.core.FuncType;
import tenon.wit.TypeId;

/** How an imported function becomes a core function. */
sealed interface Lowering {
    /** Before any module is there. */
    record Direct(Options options) implements Lowering {}

    /** Once the main module's memory is there: until then a shim stands in for it. */
    record Indirect(FuncType type, Options options) implements Lowering {}

    /** It is {@code resource.drop}. */
    record ResourceDrop(TypeId resource) implements Lowering {}
}
