"""The heat table: printed values in shaded cells, and a column for the change."""
