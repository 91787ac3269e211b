"""Deck, show and theme -> an editable PowerPoint file (ECMA-376, the transitional form that PowerPoint writes)."""
