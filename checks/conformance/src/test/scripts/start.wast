;; Start functions of components: Explainer.md, "Start Definitions"; Concurrency.md, "Interaction with the start function".

;; Values go into a start function and out of it, through memory too.
(component $greets
  (value $name string "world")
  (value $times u32 2)
  (core module $m
    (memory (export "memory") 1)
    (global $top (mut i32) (i32.const 1024))
    (data (i32.const 16) "hello ")
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      global.get $top
      (global.set $top (i32.add (global.get $top) (local.get 3))))
    ;; "hello " and the name, once for each time
    (func (export "greet") (param $at i32) (param $length i32) (param $times i32) (result i32)
      (local $to i32)
      (local.set $to (i32.const 4096))
      (loop $again
        (memory.copy (local.get $to) (i32.const 16) (i32.const 6))
        (memory.copy (i32.add (local.get $to) (i32.const 6)) (local.get $at) (local.get $length))
        (local.set $to (i32.add (local.get $to) (i32.add (local.get $length) (i32.const 6))))
        (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
      (i32.store (i32.const 0) (i32.const 4096))
      (i32.store (i32.const 4) (i32.sub (local.get $to) (i32.const 4096)))
      (i32.const 0))
    (func (export "seen") (result i32) (global.get $top)))
  (core instance $m (instantiate $m))
  (func $greet (param "name" string) (param "times" u32) (result string)
    (canon lift (core func $m "greet") (memory (core memory $m "memory")) (realloc (core func $m "realloc"))))
  (start $greet (value $name) (value $times) (result (value $greeting)))
  (export "greeting" (value $greeting))
  (func (export "seen") (result u32) (canon lift (core func $m "seen")))
)
(assert_return (get "greeting") (str.const "hello worldhello world"))
(assert_return (invoke "seen") (u32.const 1029))

;; Each component's is called where it stands, between the core instances around it.
(component $ordered
  (core module $log
    (global $log (mut i32) (i32.const 0))
    (func (export "add") (param i32) (global.set $log (i32.add (i32.mul (global.get $log) (i32.const 10)) (local.get 0))))
    (func (export "log") (result i32) (global.get $log)))
  (core instance $log (instantiate $log))
  (core func $add (alias core export $log "add"))
  (core module $begins
    (import "log" "add" (func $add (param i32)))
    (func $start (call $add (i32.const 1)))
    (start $start))
  (core instance (instantiate $begins (with "log" (instance $log))))
  (func $add (param "digit" u32) (canon lift (core func $add)))
  (component $each
    (import "add" (func $add (param "digit" u32)))
    (import "digit" (value $digit u32))
    (start $add (value $digit)))
  (value $two u32 2)
  (value $three u32 3)
  (value $four u32 4)
  (instance (instantiate $each (with "add" (func $add)) (with "digit" (value $three))))
  (instance (instantiate $each (with "add" (func $add)) (with "digit" (value $two))))
  (start $add (value $four))
  (core instance (instantiate $begins (with "log" (instance $log))))
  (func (export "log") (result u32) (canon lift (core func $log "log")))
)
(assert_return (invoke "log") (u32.const 13241))

;; The result of one goes into the next.
(component
  (core module $m
    (func (export "next") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
  (core instance $m (instantiate $m))
  (func $next (param "n" u32) (result u32) (canon lift (core func $m "next")))
  (component $once
    (import "next" (func $next (param "n" u32) (result u32)))
    (import "n" (value $n u32))
    (start $next (value $n) (result (value $after)))
    (export "after" (value $after)))
  (value $n u32 40)
  (instance $first (instantiate $once (with "next" (func $next)) (with "n" (value $n))))
  (alias export $first "after" (value $then))
  (instance $second (instantiate $once (with "next" (func $next)) (with "n" (value $then))))
  (alias export $second "after" (value $end))
  (export "end" (value $end))
)
(assert_return (get "end") (u32.const 42))

;; A resource that a start function makes is owned by whoever the value goes to.
(component
  (component $maker
    (type $r' (resource (rep i32)))
    (export $r "thing" (type $r'))
    (core func $new (canon resource.new $r'))
    (core func $rep (canon resource.rep $r'))
    (core module $m
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (result i32) (call $new (i32.const 77))))
    (core instance $m (instantiate $m (with "" (instance (export "new" (func $new))))))
    (func $make (result (own $r)) (canon lift (core func $m "make")))
    (core module $g (func (export "get") (param i32) (result i32) (local.get 0)))
    (core instance $g (instantiate $g))
    (func (export "get") (param "self" (borrow $r)) (result u32) (canon lift (core func $g "get")))
    (start $make (result (value $made)))
    (export "made" (value $made)))
  (instance $maker (instantiate $maker))
  (alias export $maker "thing" (type $thing))
  (alias export $maker "get" (func $get))
  (alias export $maker "made" (value $made))
  (core func $get' (canon lower (func $get)))
  (core func $drop (canon resource.drop $thing))
  (core module $m
    (import "" "get" (func $get (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (global $held (mut i32) (i32.const 0))
    (func (export "keep") (param i32) (global.set $held (local.get 0)))
    (func (export "get") (result i32) (call $get (global.get $held)))
    (func (export "drop") (call $drop (global.get $held))))
  (core instance $m (instantiate $m (with "" (instance (export "get" (func $get')) (export "drop" (func $drop))))))
  (func $keep (param "t" (own $thing)) (canon lift (core func $m "keep")))
  (start $keep (value $made))
  (func (export "get") (result u32) (canon lift (core func $m "get")))
  (func (export "drop") (canon lift (core func $m "drop")))
)
(assert_return (invoke "get") (u32.const 77))
(assert_return (invoke "drop"))
(assert_trap (invoke "get") "unknown handle index 1")

;; Lifted async it may go on after it has returned; it may not block before.
(component
  (core func $task-return (canon task.return (result u32)))
  (core func $yield (canon thread.yield))
  (core module $m
    (import "" "task.return" (func $return (param i32)))
    (global $turns (mut i32) (i32.const 0))
    (func (export "start") (result i32)
      (call $return (i32.const 9))
      (i32.const 1 (; YIELD ;)))
    (func (export "callback") (param i32 i32 i32) (result i32)
      (global.set $turns (i32.add (global.get $turns) (i32.const 1)))
      (i32.lt_u (global.get $turns) (i32.const 3)))
    (func (export "turns") (result i32) (global.get $turns)))
  (core instance $m (instantiate $m (with "" (instance (export "task.return" (func $task-return))))))
  (func $start async (result u32)
    (canon lift (core func $m "start") async (callback (core func $m "callback"))))
  (start $start (result (value $nine)))
  (export "nine" (value $nine))
  (func (export "turns") async (result u32) (canon lift (core func $m "turns")))
)
(assert_return (get "nine") (u32.const 9))

(assert_trap
  (component
    (core module $libc (memory (export "memory") 1))
    (core instance $libc (instantiate $libc))
    (core func $new (canon waitable-set.new))
    (core module $m
      (import "" "new" (func $new (result i32)))
      (func (export "start") (result i32) (i32.or (i32.const 2 (; WAIT ;)) (i32.shl (call $new) (i32.const 4))))
      (func (export "callback") (param i32 i32 i32) (result i32) unreachable))
    (core instance $m (instantiate $m (with "" (instance (export "new" (func $new))))))
    (func $start async
      (canon lift (core func $m "start") async (callback (core func $m "callback"))))
    (start $start))
  "cannot block a synchronous task before returning")

;; A trap ends the instantiation.
(assert_trap
  (component
    (core module $m (func (export "start") unreachable))
    (core instance $m (instantiate $m))
    (func $start (canon lift (core func $m "start")))
    (start $start))
  "unreachable")

;; What comes of one is not known before; whether it fits is found out then.
(assert_trap
  (component
    (core module $m (func (export "seven") (result i32) (i32.const 7)))
    (core instance $m (instantiate $m))
    (func $seven (result u32) (canon lift (core func $m "seven")))
    (start $seven (result (value $seven)))
    (value $eight u32 8)
    (component $same
      (import "a" (value $a u32))
      (import "b" (value $b (eq $a)))
      (export "c" (value $a))
      (export "d" (value $b)))
    (instance $same (instantiate $same (with "a" (value $eight)) (with "b" (value $seven))))
    (alias export $same "c" (value $c))
    (alias export $same "d" (value $d))
    (export "c" (value $c))
    (export "d" (value $d)))
  "met by another value than its type says")

(assert_invalid
  (component
    (core module $m (func (export "f") (param i32)))
    (core instance $m (instantiate $m))
    (func $f (param "a" u32) (canon lift (core func $m "f")))
    (value $v u8 1)
    (start $f (value $v)))
  "type mismatch for start function argument 0")
