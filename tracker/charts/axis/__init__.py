"""The axes: from percentages and days to places on paper, and their ticks."""
