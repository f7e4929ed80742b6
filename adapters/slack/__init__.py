"""Hello Circle in a Slack workspace; its libraries are imported only when Slack is set up."""
