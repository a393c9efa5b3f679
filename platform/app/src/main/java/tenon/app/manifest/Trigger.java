package tenon.app.manifest;

import tenon.types.Place;

/** What makes a component run: an item of {@code [[trigger.TYPE]]}. Immutable. */
public sealed interface Trigger permits HttpTrigger, OtherTrigger {

    /** Unlike that of any other trigger, of whatever type. */
    String id();

    /** {@code http}, {@code redis} … */
    String type();

    Place place();
}
