"""How records enter and leave: the province package."""
