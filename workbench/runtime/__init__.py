"""The program's surroundings: settings, resources, language and the sandbox for child processes."""
