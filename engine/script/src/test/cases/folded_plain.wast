;; A folded instruction may have operands that are not folded: WebAssembly 3.0, "Folded Instructions".
(module
  (func (export "sub") (param i32 i32) (result i32) (i32.sub local.get 0 (local.get 1)))
  (func (export "block") (param i32) (result i32)
    (i32.add block (result i32) i32.const 1 end loop (result i32) (local.get 0) end))
)
(assert_return (invoke "sub" (i32.const 7) (i32.const 4)) (i32.const 3))
(assert_return (invoke "block" (i32.const 7)) (i32.const 8))

;; Not so the condition of `if`.
(assert_malformed
  (module quote "(func (if i32.const 0 (then)))")
  "unexpected token")
(assert_malformed
  (module quote "(func (result i32) (i32.eqz block (i32.const 0)) end)")
  "unexpected token")
