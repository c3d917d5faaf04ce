"""Reading files that others wrote: one file per family, and one way from there into the database."""
