(data "\q")
