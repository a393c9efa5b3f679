package tenon.runtime;

import tenon.core.Interrupt;
import tenon.runtime.plan.Item;
import tenon.runtime.value.Value;

/** An instance of a component. Confined to its Store, and ends with it. */
public final class Instance {
    private final LinkedComponent component;
    private final Slot slot;
    private final int life;

    Instance(LinkedComponent component, Slot slot) {
        this.component = component;
        this.slot = slot;
        this.life = slot.life();
    }

    /** What it is an instance of. */
    public LinkedComponent component() {
        return component;
    }

    /**
     * A function that the world exports by itself.
     *
     * @throws tenon.types.LinkException if there is none of this name
     */
    public Func func(String name) {
        return func("", name);
    }

    /**
     * A function of an exported interface.
     *
     * @param interfaceName with its version, matched by semver track
     * @throws tenon.types.LinkException if there is none of this name
     */
    public Func func(String interfaceName, String name) {
        Item.Function function = component.require(interfaceName, name);
        return new Func(this, LinkedComponent.lift(function), component.code().dynamicSignature(function.type()));
    }

    /**
     * A value that the world exports by itself.
     *
     * @throws tenon.types.LinkException if there is none of this name
     */
    public Value value(String name) {
        return value("", name);
    }

    /**
     * A value of an exported interface.
     *
     * @param interfaceName with its version, matched by semver track
     * @throws tenon.types.LinkException if there is none of this name
     */
    public Value value(String interfaceName, String name) {
        return slot().value(component.requireValue(interfaceName, name));
    }

    /**
     * By what its guests are stopped or made to give way, for {@link tenon.core.FairShare}; the instance's own only until its store
     * closes.
     */
    public Interrupt interrupt() {
        return slot().interrupt();
    }

    /** The state behind it. */
    Slot slot() {
        if (life != slot.life()) {
            throw new IllegalStateException("the instance has ended with its store");
        }
        return slot;
    }
}
