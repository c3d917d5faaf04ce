"""What charts say: text made from data, and nothing but text."""
