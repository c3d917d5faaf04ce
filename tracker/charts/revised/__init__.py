"""What the chart of revisions is made of: pairs of first and now, its words, its layout and its marks."""
