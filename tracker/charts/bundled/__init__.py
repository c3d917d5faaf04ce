"""What a bundle is made of: the table of what is drawn, and its description."""
