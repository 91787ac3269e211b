"""The documentation as a site, made of docs/*.md: `make site`."""
