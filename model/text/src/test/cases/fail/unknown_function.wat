(func $g (call $f))
