"""The front door: all that a plugin may import from the kernel."""
