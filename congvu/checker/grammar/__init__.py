"""What a report's text is made of: words, numbers with their units, dates, numbers of documents."""
