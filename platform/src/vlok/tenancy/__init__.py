"""Organisations: who takes part, in which territory."""
