"""The database on a PostgreSQL server, which any number of processes share."""
