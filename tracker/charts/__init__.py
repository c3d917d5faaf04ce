"""Charts that say what was found, in published figures, and how exact these are."""
