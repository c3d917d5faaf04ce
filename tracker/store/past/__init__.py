"""What the database knew at other moments, and how it came to know what it knows."""
