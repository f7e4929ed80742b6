"""`hello-circle setup`: from nothing to a bot that runs, with no file edited by hand; it can be run again at any time."""
