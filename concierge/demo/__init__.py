"""The demo: sample letters, servers on loopback, and a tour that drives the real program."""
