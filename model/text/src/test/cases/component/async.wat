;; What async components are made of.
(component
  (core module $m
    (memory (export "memory") 1)
    (func (export "run") (result i32) i32.const 0)
    (func (export "callback") (param i32 i32 i32) (result i32) i32.const 0))
  (core instance $i (instantiate $m))
  (alias core export $i "memory" (core memory $memory))
  (type $stream (stream u8))
  (type $future (future))
  (canon stream.new $stream (core func $stream.new))
  (canon stream.read $stream async (memory $memory) (core func))
  (canon stream.cancel-write $stream async (core func))
  (canon future.drop-readable $future (core func))
  (canon task.return (result (list u8)) (memory $memory) (core func))
  (canon context.get i32 0 (core func))
  (canon waitable-set.wait (memory $memory) (core func))
  (canon subtask.cancel (core func))
  (canon thread.yield (core func))
  (func (export "run") async
    (canon lift (core func $i "run") async (callback (func $i "callback"))))
)
