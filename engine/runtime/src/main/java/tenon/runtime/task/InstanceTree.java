package tenon.runtime.task;

import tenon.types.component.ResourceType;

/** All component instances of one instantiation, as the inner rooms see them. Confined to its Store. */
public interface InstanceTree {

    /** Grows with each life of the tree; what was taken out in another life is void. */
    int life();

    /** What runs the threads of the store that it lives in. */
    EventLoop loop();

    /** Begins a call from the host; traps if one of the instances has trapped. */
    void enter();

    /** Ends a call from the host. */
    void leave();

    /** Something in one of the instances has trapped: the host may not call them any more. */
    void fail();

    /** Has something done, once, should one of the instances trap. */
    void watch(Runnable failed);

    /** Has it not done any more. */
    void unwatch(Runnable failed);

    /** The host's object for the functions of definition {@code index} of the plan; made when it is first asked for. */
    Object hostState(int index);

    /** Counts bytes that the host needs for its guests; false if there are none left. */
    boolean hold(long bytes);

    /** Counts bytes no more. */
    void letGo(long bytes);

    /** Runs the destructor of a guest's resource, entering its component from the host. */
    void destroy(ResourceType type, int rep);

    /** Runs the destructor of a guest's resource, entering its component from {@code caller}. */
    void destroyFrom(ComponentInstance caller, ResourceType type, int rep);
}
