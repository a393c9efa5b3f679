(func (@custom "a"))
