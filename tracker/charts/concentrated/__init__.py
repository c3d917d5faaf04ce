"""How concentrated a market is over time."""
