package tenon.runtime.abi;

import tenon.runtime.task.Shared;

/** A readable end of the host's that can become a guest's. */
sealed interface PassedOn permits HostReader, HostPipe.Reader, HostFuture, HostPromise {
    /** What the guest reads from now on. */
    Shared pass(LiftLowerContext cx, Shape.AsyncValue shape);
}
