"""The engine: from an invocation to a reply."""
