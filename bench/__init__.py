"""Benchmarks: `make bench` prints one table; every floor is measured in the same run, on the same disk."""
