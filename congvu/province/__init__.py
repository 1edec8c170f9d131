"""Who: agencies over time, officers, posts and teams; and what makes a table a record of the province."""
