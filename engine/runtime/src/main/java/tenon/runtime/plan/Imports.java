package tenon.runtime.plan;

import java.util.Map;
import tenon.types.component.ExternType;
import tenon.types.component.ResourceType;

/** Where the outermost component's imports are met. */
public interface Imports {

    /** What meets the import {@code name}; something to go on with after having noted what is missing. */
    Item resolve(String name, ExternType type);

    /** Notes that something in the component is not supported yet. */
    void unsupported(String what);

    /** The Java classes that the resource types of imports stand for. */
    Map<ResourceType, Class<?>> resources();

    /** Throws if anything was noted. */
    void complete();
}
