"""Small multiples: which panels there are, where they stand, and what is said of them."""
