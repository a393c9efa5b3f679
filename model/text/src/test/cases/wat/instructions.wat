;; Folded and flat forms of one another, labels in both, and immediates with their defaults.
(func $f (param $n i32) (result i32)
  (block $out (result i32)
    (loop $again
      (br_if $out (i32.const 7) (i32.eqz (local.get $n)))
      drop
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      br $again)
    unreachable))
(func $g (param $n i32) (result i32)
  block $out (result i32)
    loop $again
      i32.const 7
      local.get $n
      i32.eqz
      br_if $out
      drop
      local.get $n
      i32.const 1
      i32.sub
      local.set $n
      br $again
    end $again
    unreachable
  end $out)
(func (param i32) (result i32)
  (if $a (result i32) (local.get 0) (then (br $a (i32.const 1))) (else (br_table $a 0 1 (i32.const 2) (i32.const 0)))))
(func (param i32) (result i32)
  local.get 0
  if $a (result i32) i32.const 1 br $a else $a i32.const 2 i32.const 0 br_table $a 0 1 end $a)
(memory $m 1)
(memory $second 1 0x2)
(func
  (i32.store8 (i32.const 0) (i32.load offset=4 (i32.const 0)))
  (i64.store $second offset=0x1_0000 align=1 (i32.const 0) (i64.load $m align=4 (i32.const 0)))
  (memory.copy $second $m (i32.const 0) (i32.const 0) (i32.const 0))
  (memory.init $second $d (i32.const 0) (i32.const 0) (i32.const 0))
  (data.drop $d)
  (drop (select (result f32) (f32.const 0x1.8p+1) (f32.const nan:0x200000) (i32.const 1)))
  (drop (select (f64.const -inf) (f64.const 1_000.5e-3) (i32.const 1))))
(data $d "")
