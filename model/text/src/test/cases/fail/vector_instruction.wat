(func (drop (i8x16.splat (i32.const 0))))
