package tenon.make.component;

/** What a module's task hook is told, by number. */
enum TaskMoment {
    SYNC_START,
    SYNC_FINISH,
    ASYNC_START,
    ASYNC_RESUME,
    ASYNC_BLOCK,
    ASYNC_FINISH,
    INITIALIZE_START,
    INITIALIZE_FINISH,
    RESOURCE_DTOR_START,
    RESOURCE_DTOR_FINISH,
    /** Told no more: a post-return belongs to its task. */
    POST_RETURN_START,
    /** Told no more. */
    POST_RETURN_FINISH,
    REALLOC_START,
    REALLOC_FINISH
}
