"""Everything kept; the only place that knows the database."""
