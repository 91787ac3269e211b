"""Where the baseline of a line stands."""

from __future__ import annotations

from deckgen.model.setting import SetLine
from deckgen.model.text import Run
from deckgen.typeset.lines import Measure

DESCENT = 0.2
"""What stands below the baseline, in ems."""


def baseline_pt(line: SetLine, measure: Measure, in_cell: bool = False) -> float:
    """The baseline of a line at exact leading, in points below the top of the line.

    LibreOffice sets text from a `.pptx` file with line spacing that does not depend on the font: a line reaches
    `DESCENT` of its largest size below the baseline, whatever the faces' own metrics say, and exact leading adds
    or takes away space above. In the cells of a table the faces' own descents count. Script letters are left out:
    one of them should not lift a whole line.
    """
    runs = [run for run in line.text if not run.script] or [Run("")]
    return measure.style.leading_pt - max(
        measure.size_pt(run) * (measure.face(run).descent if in_cell else DESCENT) for run in runs
    )
