"""What the desk concludes: pure functions from texts and values to findings with evidence."""
