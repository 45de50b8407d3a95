"""What can be done in the window: each action as data, and what it does."""
