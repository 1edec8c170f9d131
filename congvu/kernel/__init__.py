"""Domain-free ground: errors a person may see, Vietnamese text, numbers and dates, the clock, the database server."""
