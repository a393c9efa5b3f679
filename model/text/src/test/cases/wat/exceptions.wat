;; Tags, and clauses of try_table whose labels do not count the block itself.
(module
  (tag $e (param i32))
  (func (result i32)
    (block $caught (result i32)
      (block $all
        (try_table $t (result i32) (catch $e $caught) (catch_all $all)
          (throw $e (i32.const 1))
          (br $t (i32.const 2)))
        (return))
      (i32.const 3))))
