"""The reform indexes: frameworks, criteria, scores, publication."""
