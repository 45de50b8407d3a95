"""The canvas of the timeline."""
