"""`python -m deckgen`: the same as the command `deckgen`."""

from deckgen.cli import main

if __name__ == "__main__":
    main()
