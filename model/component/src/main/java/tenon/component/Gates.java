package tenon.component;

import tenon.types.InvalidException;

/** What decoders need to know and to tell: which features are on, and where problems go. Confined to one thread. */
public record Gates(ComponentFeatures features, Problems problems) {

    /** Notes a broken rule of validation, after which reading can go on. */
    public void invalid(long offset, String fact) {
        problems.add(new InvalidException(offset, fact));
    }

    /** Notes that {@code what} is used, which needs a feature. */
    public void require(ComponentFeature feature, long offset, String what) {
        if (!features.has(feature)) {
            problems.add(required(feature, offset, what));
        }
    }

    /** The error that says that {@code what} needs a feature. */
    public static InvalidException required(ComponentFeature feature, long offset, String what) {
        return new InvalidException(offset, what + " requires the component model feature `" + feature.word() + "`");
    }
}
