"""The frozen nouns: text, theme, drawing, block, deck."""
