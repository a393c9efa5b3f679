;; Groups of types, subtypes, structures, and references to them; $self is a group of its own that refers to itself.
(module
  (rec
    (type $node (sub (struct (field $next (ref null $node)) (field (mut i8) i16))))
    (type $leaf (sub final $node (struct (field (ref null $node)) (field (mut i8)) (field i16) (field $extra f64)))))
  (type $self (func (param (ref null $self)) (result (ref func))))
  (type $bytes (array (mut i8)))
  (global (ref null $bytes) (ref.null $bytes))
  (table $wide i64 1 0x1_0000_0000 (ref null $self) (ref.null $self))
  (memory i64 1)
  (func $call (type $self)
    (call_ref $self (local.get 0) (block $null (br_on_null $null (local.get 0)) (br_on_non_null 0) (unreachable)))
    (return_call_ref $self (local.get 0))))
