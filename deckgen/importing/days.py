"""Days as people write them."""

from __future__ import annotations

import datetime

DAYS = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d. %B %Y", "%d.%m.%Y", "%B %d %Y", "%d %b %Y", "%b %d, %Y")


def date(text: str) -> str:
    """Such a day as year-month-day; empty for a text that is none."""
    for form in DAYS:
        try:
            return datetime.datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError:
            continue
    return ""
