"""A row for each entity: names at the left, marks on one scale that starts at zero, and printed values."""
