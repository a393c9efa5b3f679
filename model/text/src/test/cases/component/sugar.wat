;; Every short form that stands for several definitions; each of them is written where an index can reach it.
(component $sugar
  (import "logger" (instance $logger
    (export "level" (type $level (sub resource)))
    (export "log" (func (param "message" string) (param "tags" (list (tuple u8 string)))))))
  (import "clock" (func $clock (result u64)))
  (core module $libc
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) i32.const 0))
  (core instance $libc (instantiate $libc))
  (core func $log
    (canon lower (func $logger "log")
      string-encoding=utf8 (memory $libc "memory") (realloc (core func $libc "realloc"))))
  (core func $drop (canon resource.drop (type $logger "level")))
  (core module $main
    (import "host" "log" (func (param i32 i32 i32 i32)))
    (import "host" "drop" (func (param i32)))
    (func (export "run") (result i32) i32.const 7))
  (core instance $main (instantiate $main
    (with "host" (instance
      (export "log" (func $log))
      (export "drop" (func $drop))))))
  (func $run (export "run") (result u32)
    (canon lift (core func $main "run")))
)
