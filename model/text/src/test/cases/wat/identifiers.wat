;; Quoted and plain identifiers are the same names.
(module $"a module"
  (func $f (call $"f") (call $"\66") (call $"\u{66}"))
  (func $"ünïcode" (param $"long name" i32) (drop (local.get $"long name")))
  (func (call $"\c3\bcn\c3\afcode" (i32.const 0))))
