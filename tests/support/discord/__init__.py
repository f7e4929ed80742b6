"""A small Discord of the project's own: a gateway and an API on the loopback interface, and people who use them.

`Loopback` is the server, `Person` somebody on it. It refuses what Discord refuses, by the same codes, and remembers
as a problem everything Discord would never see from a bot that is right: an unknown route, a body against the
published limits, a request before its wait was over. Whoever ends it without looking at `problems` is told.
"""
