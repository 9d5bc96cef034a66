"""Actions at work: the one way in for every change, and what is kept of it."""
