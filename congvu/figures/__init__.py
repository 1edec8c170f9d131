"""How much: one small record for each figure; its number, rows and sentence all derive from it."""
