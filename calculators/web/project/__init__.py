"""What every command run in this folder begins with: the build's settings, its locks, and paths that stay inside."""
