;; RUN: wast % -f mvp,multi-value
(module (global (mut i32) (i32.const 0)) (func (result i32 i32) (i32.const 0) (i32.const 0)) (table 1 funcref) (elem (i32.const 0) 0))
(assert_invalid (module (global (export "g") (mut i32) (i32.const 0))) "MUTABLE_GLOBAL")
(assert_invalid (module (global (import "a" "g") (mut i32))) "MUTABLE_GLOBAL")
