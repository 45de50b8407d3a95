"""How single rows of lists are drawn."""
