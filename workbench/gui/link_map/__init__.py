"""The canvas of the link map."""
