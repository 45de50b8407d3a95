"""The facts and rules of an investigation; standard library only."""
