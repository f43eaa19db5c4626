print("stretchd")
