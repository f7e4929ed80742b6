"""The steps that bring a database to the present schema, in order; each is written out and never changed later."""
