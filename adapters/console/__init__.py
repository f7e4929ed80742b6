"""Hello Circle in a terminal; also the door the tests use."""
