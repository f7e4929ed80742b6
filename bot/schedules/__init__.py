"""One file per scheduled post: when, for whom and what it says."""
