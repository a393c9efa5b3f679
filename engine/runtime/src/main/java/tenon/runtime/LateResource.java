package tenon.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tenon.runtime.abi.LiftLowerContext;
import tenon.runtime.abi.Shape;
import tenon.runtime.value.Resource;

/**
 * A resource of a provider that can be replaced, as those hold it who call the provider: it keeps the provider's instance alive.
 * Confined to its Store; void once that is closed.
 */
final class LateResource implements Resource {
    private final LateInstance owner;
    private final Shape.ResourceKind.Guest kind;
    private final int rep;
    private boolean ended;

    private LateResource(LateInstance owner, Shape.ResourceKind.Guest kind, int rep) {
        this.owner = owner;
        this.kind = kind;
        this.rep = rep;
        owner.handOut();
    }

    /** How handles pass the border. */
    static Shape.HandleForm form() {
        return new Shape.HandleForm() {
            @Override
            public Object make(LiftLowerContext cx, Shape.ResourceKind.Guest resource, int rep, boolean own) {
                assert own : "a provider gives no borrows away";
                return new LateResource(((Slot) cx.instance().tree()).provides(), resource, rep);
            }

            @Override
            public int take(LiftLowerContext cx, Shape.ResourceKind.Guest resource, Object value, boolean own) {
                return ((LateResource) value).take(cx, resource, own);
            }
        };
    }

    private int take(LiftLowerContext cx, Shape.ResourceKind.Guest expected, boolean taken) {
        if (ended || owner.hasEnded()) {
            throw new IllegalStateException("the handle to `" + kind.name() + "` has ended");
        }
        if (kind.type() != expected.type() || owner.slot() != cx.instance().tree()) {
            throw new IllegalStateException("a resource `" + kind.name()
                    + "` of another type or another instance was passed where `" + expected.name() + "` is expected");
        }
        if (taken) {
            ended = true;
            owner.takeBack();
        }
        return rep;
    }

    /** The instance that made it. */
    LateInstance owner() {
        return owner;
    }

    /** All that are in a value of the given shape. */
    static List<LateResource> within(Shape shape, Object value) {
        var found = new ArrayList<LateResource>(1);
        collect(shape, value, found);
        return found;
    }

    private static void collect(@Nullable Shape shape, @Nullable Object value, List<LateResource> found) {
        switch (shape) {
            case null -> {}
            case Shape.Handle _ -> {
                if (value instanceof LateResource resource) {
                    found.add(resource);
                }
            }
            case Shape.Elements list -> {
                if (value != null) {
                    list.form().take(value).forEach(each -> collect(list.element(), each, found));
                }
            }
            case Shape.Product product -> {
                if (value != null) {
                    Object[] fields = product.form().take(value);
                    for (int i = 0; i < fields.length; i++) {
                        collect(product.fields().get(i), fields[i], found);
                    }
                }
            }
            case Shape.Sum sum -> {
                if (value != null) {
                    int index = sum.form().index(value);
                    collect(sum.payload(index), sum.form().payload(value, index), found);
                }
            }
            case Shape.Scalar _, Shape.Text _, Shape.Numbers _, Shape.Flags _, Shape.AsyncValue _ -> {}
        }
    }

    @Override
    public boolean owned() {
        return true;
    }

    @Override
    public String typeName() {
        return kind.name();
    }

    @Override
    public void close() {
        if (ended || owner.hasEnded()) {
            return;
        }
        ended = true;
        owner.slot().destroy(kind.type(), rep);
        owner.takeBack();
        owner.settle();
    }

    @Override
    public String toString() {
        return kind.name();
    }
}
