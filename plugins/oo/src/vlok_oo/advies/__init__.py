"""Asking, making and sending the advies of the gewestelijk ambtenaar."""
