"""The parts of a whole over time, one upon the other."""
