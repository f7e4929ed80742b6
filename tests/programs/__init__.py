"""Each task of the program as people run it: the real program, in a process of its own, in a real terminal."""
