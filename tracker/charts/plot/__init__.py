"""The plot of lines over time: what is drawn, where it goes, and the artists that show it."""
