"""Hello Circle in a browser: a circle to try, drawn as Discord and as Slack draw it. Nobody needs an account."""
