"""The page around a plot: lines of text, free places, and labels that do not cover each other."""
