package tenon.runtime.abi;

import tenon.runtime.task.InstanceTree;
import tenon.runtime.task.Subtask;
import tenon.runtime.value.Resource;
import tenon.types.component.ResourceType;

/** A handle of the host to a guest's resource. Confined to its Store; void once its component's slot has begun another life. */
final class GuestResource implements Resource {
    private final ResourceType type;
    private final String name;
    private final int rep;
    private final boolean own;
    private final InstanceTree tree;
    private final int life;
    private boolean ended;

    GuestResource(LiftLowerContext cx, Shape.ResourceKind.Guest resource, int rep, boolean own) {
        this.type = resource.type();
        this.name = resource.name();
        this.rep = rep;
        this.own = own;
        this.tree = cx.instance().tree();
        this.life = tree.life();
    }

    /** How the host holds handles: for the typed and the dynamic shapes. */
    static Shape.HandleForm form() {
        return new Shape.HandleForm() {
            @Override
            public Object make(LiftLowerContext cx, Shape.ResourceKind.Guest resource, int rep, boolean own) {
                var handle = new GuestResource(cx, resource, rep, own);
                if (!own) {
                    Subtask call = cx.subtask();
                    call.onEnd(() -> handle.ended = true);
                }
                return handle;
            }

            @Override
            public int take(LiftLowerContext cx, Shape.ResourceKind.Guest resource, Object value, boolean own) {
                return ((GuestResource) value).take(cx, resource, own);
            }
        };
    }

    private int take(LiftLowerContext cx, Shape.ResourceKind.Guest expected, boolean taken) {
        requireLive();
        if (type != expected.type() || tree != cx.instance().tree()) {
            throw new IllegalStateException("a resource `" + name
                    + "` of another type or another instance was passed where `" + expected.name() + "` is expected");
        }
        if (taken) {
            if (!own) {
                throw new IllegalStateException("a borrowed `" + name + "` cannot be given away");
            }
            ended = true;
        }
        return rep;
    }

    private void requireLive() {
        if (ended || life != tree.life()) {
            throw new IllegalStateException("the handle to `" + name + "` has ended");
        }
    }

    @Override
    public boolean owned() {
        return own;
    }

    @Override
    public String typeName() {
        return name;
    }

    @Override
    public void close() {
        if (ended || life != tree.life()) {
            return;
        }
        ended = true;
        if (own) {
            tree.destroy(type, rep);
        }
    }

    @Override
    public String toString() {
        return (own ? "own " : "borrowed ") + name;
    }
}
