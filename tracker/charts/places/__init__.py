"""The rank chart: places over time as numbered discs, joined by curves."""
