;; What the host of these scripts offers beside functions: a core module, and an instance inside its instance.
(component
  (import "host" (instance $host
    (export "simple-module" (core module (export "f" (func (result i32))) (export "g" (global i32))))
    (export "nested" (instance (export "return-four" (func (result u32)))))))
  (alias export $host "simple-module" (core module $simple))
  (alias export $host "nested" (instance $nested))
  (core instance $i (instantiate $simple))
  (core func $four (canon lower (func $nested "return-four")))
  (core module $m
    (import "i" "g" (global $g i32))
    (import "i" "f" (func $f (result i32)))
    (import "host" "four" (func $four (result i32)))
    (func (export "sum") (result i32) (i32.add (i32.add global.get $g call $f) (call $four))))
  (core instance $n (instantiate $m (with "i" (instance $i)) (with "host" (instance (export "four" (func $four))))))
  (func (export "sum") (result u32) (canon lift (core func $n "sum"))))
(assert_return (invoke "sum") (u32.const 205))
(assert_unlinkable
  (component (import "host" (instance (export "simple-module" (core module (export "h" (func)))))))
  "`h`")
(assert_unlinkable
  (component (import "host" (instance (export "nested" (instance (export "return-five" (func (result u32))))))))
  "return-five")

;; A named instance meets imports of its name; what it imports itself is what it was made with.
(component $first (core module $m) (export "m" (core module $m)))
(component $second
  (import "first" (instance $first (export "m" (core module))))
  (export "again" (core module $first "m")))
(component
  (import "second" (instance $second (export "again" (core module))))
  (core instance (instantiate (module $second "again"))))
