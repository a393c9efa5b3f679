/**
 * The specification's own knot: component instances, the tasks that run in them and their threads, the subtasks and ends of streams and
 * futures that they wait for, and the loop that runs the threads. Comes in: what a thread does, from {@code canon}, and buffers, from
 * {@code abi}. Goes out: events. Start with {@code EventLoop}.
 */
package tenon.runtime.task;
