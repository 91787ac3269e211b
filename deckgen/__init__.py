"""deckgen: one YAML source, an editable PowerPoint deck and a print-ready handout."""

__version__ = "0.1.0"
