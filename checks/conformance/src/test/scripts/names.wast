;; Names that are gated, of components that run: Explainer.md, "Import and Export Definitions" and "Canonical Interface Name".

;; Namespaces in namespaces, and projections of projections.
(component $part
  (core module $m (func (export "value") (result i32) (i32.const 31)))
  (core instance $m (instantiate $m))
  (func (export "value") (result u32) (canon lift (core func $m "value"))))
(register "outer:inner:box/lid/hinge" $part)

(component
  (import "outer:inner:box/lid/hinge" (instance $hinge (export "value" (func (result u32)))))
  (core func $value (canon lower (func $hinge "value")))
  (core module $m
    (import "" "value" (func $value (result i32)))
    (func (export "twice") (result i32) (i32.mul (call $value) (i32.const 2))))
  (core instance $m (instantiate $m (with "" (instance (export "value" (func $value))))))
  (func $twice (result u32) (canon lift (core func $m "twice")))
  (instance $out (export "twice" (func $twice)))
  (export "outer:inner:box/lid/spring@1.0.0" (instance $out))
  (export "twice" (func $twice))
)
(assert_return (invoke "twice") (u32.const 62))

;; Inside a component they are only names, which have to be the same.
(component
  (component $outer
    (import "a:b:c/d/e" (instance $e (export "value" (func (result u32)))))
    (export "f:g:h/i/j" (instance $e)))
  (core module $m (func (export "value") (result i32) (i32.const 5)))
  (core instance $m (instantiate $m))
  (func $value (result u32) (canon lift (core func $m "value")))
  (instance $given (export "value" (func $value)))
  (instance $made (instantiate $outer (with "a:b:c/d/e" (instance $given))))
  (alias export $made "f:g:h/i/j" (instance $e))
  (export "value" (func $e "value"))
)
(assert_return (invoke "value") (u32.const 5))

;; A canonical version is met by its own name.
(register "test:it/thing@0.2" $part)
(component
  (import "test:it/thing@0.2" (version-suffix ".6") (instance $thing (export "value" (func (result u32)))))
  (core func $value (canon lower (func $thing "value")))
  (core module $m
    (import "" "value" (func $value (result i32)))
    (func (export "value") (result i32) (call $value)))
  (core instance $m (instantiate $m (with "" (instance (export "value" (func $value))))))
  (func $value' (result u32) (canon lift (core func $m "value")))
  (instance $out (export "value" (func $value')))
  (export "test:it/other@1" (version-suffix ".2.3") (instance $out))
  (export "value" (func $value'))
)
(assert_return (invoke "value") (u32.const 31))

;; Two instances of one interface, which each have a name of their own; an identifier for somebody outside changes nothing.
(component $one
  (core module $m (func (export "value") (result i32) (i32.const 1)))
  (core instance $m (instantiate $m))
  (func (export "value") (result u32) (canon lift (core func $m "value"))))
(register "primary" $one)
(register "secondary" $part)
(component
  (import "primary" (implements "test:it/thing@1.0.0") (external-id "db:a")
    (instance $a (export "value" (func (result u32)))))
  (import "secondary" (implements "test:it/thing@1.0.0") (external-id "db:b")
    (instance $b (export "value" (func (result u32)))))
  (core func $one (canon lower (func $a "value")))
  (core func $two (canon lower (func $b "value")))
  (core module $m
    (import "" "one" (func $one (result i32)))
    (import "" "two" (func $two (result i32)))
    (func (export "both") (result i32) (i32.add (i32.mul (call $one) (i32.const 100)) (call $two))))
  (core instance $m (instantiate $m (with "" (instance (export "one" (func $one)) (export "two" (func $two))))))
  (func (export "both") (result u32) (canon lift (core func $m "both")))
)
(assert_return (invoke "both") (u32.const 131))
