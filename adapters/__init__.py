"""One door for each platform, and the operator's own."""
