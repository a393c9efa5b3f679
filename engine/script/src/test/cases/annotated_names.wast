;; An instance made from exports is no scope of names: a constructor, method or static function in it belongs to no resource type.
(component
  (component $named
    (import "r" (type $r (sub resource)))
    (import "make" (func $make (result (own $r))))
    (export $exported "r" (type $r))
    (export "[constructor]r" (func $make) (func (result (own $exported))))))
(assert_invalid
  (component
    (import "r" (type $r (sub resource)))
    (import "[static]r.make" (func $make (result (own $r))))
    (instance (export "r" (type $r)) (export "[static]r.make" (func $make))))
  "resource")
(assert_malformed
  (component quote "(type (variant (case $x \"a\" u8) (case $x \"b\")))")
  "duplicate variant case identifier")
