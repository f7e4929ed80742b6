"""Hello Circle, independent of any chat platform."""
