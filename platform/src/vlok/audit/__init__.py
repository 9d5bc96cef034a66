"""The trail of who did and read what, acting for whom."""
