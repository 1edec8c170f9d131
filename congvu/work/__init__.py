"""What happened: one room for each kind of work; each room offers its facts upward."""
