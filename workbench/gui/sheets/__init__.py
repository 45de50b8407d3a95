"""Small sheets over the window, worked by keyboard: finding, linking, filtering."""
