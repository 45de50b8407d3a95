"""The parts of the window that can be moved and closed."""
