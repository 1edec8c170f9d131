"""What does not hold in words: dates, citations, notes, abbreviations, forms."""
