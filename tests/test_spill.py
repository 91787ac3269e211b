"""`spill: handout`: what does not fit its slide stands in the handout alone, and the slide says where."""

from __future__ import annotations

from tests.test_references import HEAD, made, messages, output, pages, spoken

ROWS = ", ".join(f"[{i}, b]" for i in range(16))


def spilling(rows: str, more: str = "") -> str:
    return (
        f"{HEAD}slides:\n  - title: A table\n    id: it\n    body:\n      - bullets: [Before]\n"
        f"      - table: {{rows: [{rows}], caption: Rows}}\n        spill: handout\n{more}"
    )


def test_what_does_not_fit_its_slide_is_spilled_to_the_handout() -> None:
    found = made(spilling(ROWS))
    pdf, bodies = output(found, "-handout.pdf"), spoken(found)
    assert len(bodies) == 2
    assert "BeforeTable 1: handout p. 2" in bodies[1] and "15" not in bodies[1]
    [page] = [number for number, text in enumerate(pages(pdf), 1) if "Table 1. Rows" in text]
    assert page == 2 and "15 b" in pages(pdf)[1]


def test_what_fits_stays_on_its_slide() -> None:
    assert "handout p." not in spoken(made(spilling("[a, b]")))[1]


def test_a_figure_that_fits_no_slide_has_more_room_in_print() -> None:
    layers = ", ".join(f"Layer {i}" for i in range(18))
    found = made(f"{HEAD}slides:\n  - title: A stack\n    body:\n      - layers: [{{layers: [{layers}]}}]\n"
                 "        spill: handout\n")  # fmt: skip
    assert "Figure 1: handout p. 2" in spoken(found)[1]
    assert "Layer 17" in pages(output(found, "-handout.pdf"))[1]


def test_what_fits_no_figure_either_is_an_error() -> None:
    layers = ", ".join(f"Layer {i}" for i in range(90))
    found = made(f"{HEAD}slides:\n  - title: A stack\n    body:\n      - layers: [{{layers: [{layers}]}}]\n"
                 "        spill: handout\n")  # fmt: skip
    assert {problem.code for problem in found.diagnostics} == {"fit"} and not found.outputs


def test_only_what_print_has_can_be_spilled() -> None:
    assert messages(spilling("[a, b]", "        only: deck\n")) == [
        "talk.yaml:9:16: `spill` sends the block to the handout, and `only` keeps it out of there"
    ]
