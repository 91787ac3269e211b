"""Sources of talks that were written for, or with, other programs."""
