"""What may be wrong with what is recorded: one check a file, each with the command that mends or waives."""
