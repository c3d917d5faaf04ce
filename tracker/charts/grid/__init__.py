"""What pictures with a column for each period share: which periods, their heads, their marks, and readable colours."""
