"""`hello-circle doctor`: one line a check, what was seen, and how to mend it; safe beside a bot that runs."""
