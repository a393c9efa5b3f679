/**
 * The specification's own knot: component instances, the tasks that run in them, the subtasks that they wait for. Asynchronous
 * calls, waitables and streams will live here, on virtual threads; today a task runs from its start to its end on its caller's thread.
 */
package tenon.runtime.task;
