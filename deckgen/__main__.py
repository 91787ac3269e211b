"""The command `deckgen`, and `python -m deckgen`."""

import signal


def main() -> None:
    """Load the command and run it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # As long as there is nothing to put away, Ctrl-C ends the process at once, and Python prints no traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from deckgen.cli import main as run

    run()


if __name__ == "__main__":
    main()
