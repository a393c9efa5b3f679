(func block else end)
