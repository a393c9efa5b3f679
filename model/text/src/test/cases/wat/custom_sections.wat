;; Annotations that mean something: custom sections at their places, and hints for branches.
(module
  (@custom "first" (before first) "1")
  (@custom "behind types" (after type) "2")
  (@custom "last" "3" "4")
  (@unknown (to everyone) "but well-formed")
  (type (func (param i32)))
  (func (type 0)
    (@metadata.code.branch_hint "\01")
    (if (local.get 0) (then (nop)))
    (block
      local.get 0
      (@metadata.code.branch_hint "\00") br_if 0)))
