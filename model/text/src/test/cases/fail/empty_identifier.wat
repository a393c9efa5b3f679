(func $)
