"""What stays alive between builds of one talk."""
