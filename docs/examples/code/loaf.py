"""How much of each."""

FLOUR_G = 500


# deckgen: begin water
def water(flour: float) -> float:
    return 0.7 * flour


# deckgen: end water
