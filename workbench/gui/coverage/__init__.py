"""The coverage matrix on the screen and as a picture."""
