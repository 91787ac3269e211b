"""The instructions of content with the plane that each of them works on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pikepdf


class Placed(NamedTuple):
    """An instruction, and the matrix from its plane to that of the content's first one (ISO 32000-1, 8.3.2)."""

    instruction: pikepdf.ContentStreamInstruction
    matrix: pikepdf.Matrix


def placed(
    source: pikepdf.Page | pikepdf.Object, matrix: pikepdf.Matrix | None = None, operators: str = ""
) -> Iterator[Placed]:
    """The instructions of a page or form, which stands on `matrix`; only those of `operators` if these are named.

    `q`, `Q` and `cm` must be among them.
    """
    stack = [pikepdf.Matrix() if matrix is None else matrix]
    for instruction in pikepdf.parse_content_stream(source, operators):
        operator = str(instruction.operator)
        if operator == "q":
            stack.append(stack[-1])
        elif operator == "Q" and len(stack) > 1:
            stack.pop()
        elif operator == "cm":
            stack[-1] = pikepdf.Matrix(*map(float, instruction.operands)) @ stack[-1]
        yield Placed(instruction, stack[-1])  # type: ignore[arg-type]
