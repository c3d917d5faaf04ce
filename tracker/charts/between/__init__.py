"""Two periods of one market beside each other: which two, who is in both, and what is said of it."""
