"""Who may: users and their seats, what each role may do and see, and the log of sensitive reads."""
