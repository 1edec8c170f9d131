"""The pages, by subject. Each view: guard, parse, one call, reply."""
