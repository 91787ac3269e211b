"""PowerPoint decks, whoever made them -> the source format."""
