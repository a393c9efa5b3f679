package tenon.conformance.values;

import tenon.runtime.value.Value;
import tenon.types.component.ValueType;

/** What values look like to the host: dynamic or typed. */
interface Form {
    /** A described value as the host passes it. */
    Object send(ValueType type, Value described);

    /** What the host got, described; what it owns of it ends. */
    Value receive(ValueType type, Object live);
}
