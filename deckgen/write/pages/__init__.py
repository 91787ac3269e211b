"""Drawings as vector PDF: pages of a slides PDF, and form XObjects for the handout."""
