"""A list that a member brings along: a table or address cards, read into people without keeping what is never kept."""
