;;! gc = true
;; Types of core modules are compared by what they say: WebAssembly 3.0, "Defined Types" and "Matching".
(component
  (core module $a (type $t (struct (field i32))) (func (export "f") (result (ref null $t)) (ref.null $t)))
  (core module $b
    (type (func))
    (type $t (struct (field i32)))
    (import "a" "f" (func (result (ref null $t)))))
  (core instance $i (instantiate $a))
  (core instance (instantiate $b (with "a" (instance $i)))))
(assert_invalid
  (component
    (core module $a (type $t (struct (field i32))) (func (export "f") (result (ref null $t)) (ref.null $t)))
    (core module $b (type $t (struct (field i64))) (import "a" "f" (func (result (ref null $t)))))
    (core instance $i (instantiate $a))
    (core instance (instantiate $b (with "a" (instance $i)))))
  "type mismatch")

;; A function may have a subtype of the type that is wanted, a tag may not.
(component
  (core module $a
    (type $above (sub (func)))
    (type $below (sub $above (func)))
    (func (export "f") (type $below)))
  (core module $b (type $above (sub (func))) (import "a" "f" (func (type $above))))
  (core instance $i (instantiate $a))
  (core instance (instantiate $b (with "a" (instance $i)))))
(assert_invalid
  (component
    (core module $a
      (type $above (sub (func)))
      (type $below (sub $above (func)))
      (tag (export "t") (type $below)))
    (core module $b (type $above (sub (func))) (import "a" "t" (tag (type $above))))
    (core instance $i (instantiate $a))
    (core instance (instantiate $b (with "a" (instance $i)))))
  "type mismatch")
(assert_invalid
  (component
    (core module $a (type $above (sub (func))) (func (export "f") (type $above)))
    (core module $b
      (type $above (sub (func)))
      (type $below (sub $above (func)))
      (import "a" "f" (func (type $below))))
    (core instance $i (instantiate $a))
    (core instance (instantiate $b (with "a" (instance $i)))))
  "type mismatch")

;; A type of a group is another one than the same type alone.
(assert_invalid
  (component
    (core module $a (rec (type $f (func)) (type (struct))) (func (export "f") (type $f)))
    (core module $b (import "a" "f" (func)))
    (core instance $i (instantiate $a))
    (core instance (instantiate $b (with "a" (instance $i)))))
  "type mismatch")

;; Module types know types of the scope around them by aliases.
(component definition
  (core type $t (struct (field i32)))
  (core type $m (module (alias outer 1 $t (type $u)) (export "g" (global (ref null $u)))))
  (import "m" (core module $found (type $m)))
  (core module $wants (type (func)) (type $t (struct (field i32))) (import "a" "g" (global (ref null $t))))
  (core instance $i (instantiate $found))
  (core instance (instantiate $wants (with "a" (instance $i)))))
