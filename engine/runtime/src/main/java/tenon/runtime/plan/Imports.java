package tenon.runtime.plan;

import tenon.component.resolve.Arguments;
import tenon.types.component.ExternType;

/** Where the imports of a component that nothing contains are met. */
public interface Imports {

    /** Which imports other components meet, known before anything of the component is resolved. */
    Arguments arguments();

    /** What meets the import {@code name}; something to go on with after having noted what is missing. */
    Item resolve(String name, ExternType type);
}
