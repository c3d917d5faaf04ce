"""Files that are too long to hold: the same rows, read in passing, and the same answers as for a short one."""
