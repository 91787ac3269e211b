"""Deck and show -> files."""
