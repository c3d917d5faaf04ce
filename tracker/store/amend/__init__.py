"""Changing what is recorded without overwriting anything: rows are closed, and carried on in new ones."""
