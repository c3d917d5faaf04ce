"""How charts look: colours, sizes and fonts."""
