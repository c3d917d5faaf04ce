"""What a column means, decided from all of its cells: nulls, numbers, units, dates. Undecided is refused."""
