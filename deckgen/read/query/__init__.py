"""Queries over a talk's data: what they ask of, the engine that answers, and what is wrong with them in words."""
