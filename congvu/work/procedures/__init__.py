"""The catalogue of administrative procedures and the decisions that change it."""
