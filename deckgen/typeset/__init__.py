"""Deck and theme -> drawings: measure text, break lines, place, fit and split."""
