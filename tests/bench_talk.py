"""The talk that the benchmark times, in the format of every contender."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Talk = dict[str, Any]
"""A source in deckgen's format, as data."""

TOPICS = (
    "Storage",
    "Networking",
    "Scheduling",
    "Logging",
    "Access",
    "Backups",
    "Updates",
    "Testing",
    "Costs",
    "Limits",
)
CLAIMS = ("needs an owner", "fails in small steps", "pays for itself", "is easy to measure", "has two sides")
POINTS = (
    "Every change is written down before it is made",
    "A small part can fail without the whole",
    "What is measured daily surprises nobody",
    "The same steps work on every machine",
    "A person decides and a program repeats",
    "Old versions stay within reach",
)
SENTENCES = (
    "Most of the work goes into the cases that were left out of the first plan, and they are found by using it.",
    "A system that two people understand can be repaired at night, while one that a single person understands waits.",
    "The figures on the slide are a summary; the reasons for them stand in the records of the past three years.",
    "Where a rule has exceptions, the exceptions are named beside the rule, so that nobody has to remember them.",
    "It is tempting to **automate** the whole at once, but a step that nobody has done by hand is hard to check.",
)
CODE = """\
def wait(attempts, pause=0.5):
    for attempt in range(attempts):
        if ready():
            return attempt
        time.sleep(pause * 2**attempt)
    raise TimeoutError("not ready")
"""


def talk(size: int) -> Talk:
    """A talk of that many slides: the title, a section for each ten, and four kinds of content in turn."""
    slides: list[Talk] = []
    while len(slides) < size - 1:
        number = len(slides)
        if number % 10 == 0:
            slides.append({"section": f"{TOPICS[number // 10 % len(TOPICS)]}, part {number // 100 + 1}"})
        else:
            slides.append(content_slide(number))
    return {"deckgen": 1, "title": "A talk for timing", "author": "The bench", "date": "2026-11-24", "slides": slides}


def content_slide(number: int) -> Talk:
    def pick(lines: Sequence[str], count: int) -> list[str]:
        return [lines[(number * 5 + i) % len(lines)] for i in range(count)]

    topic, claim = TOPICS[number // 10 % len(TOPICS)], CLAIMS[number % len(CLAIMS)]
    points = pick(POINTS, 4)
    contents: tuple[Talk, ...] = (
        {"bullets": [points[0], {points[1]: pick(POINTS[2:], 2)}, points[3]]},
        {"table": {"header": ["Question", "Before", "After"], "rows": [[p.split()[0], p, p] for p in points]}},
        {"code": {"language": "python", "text": CODE}},
        {
            "comparison": {
                "left": {"title": "By hand", "items": points},
                "right": {"title": "Alone", "items": points[::-1]},
            }
        },
    )
    return {
        "title": f"{topic} {claim}, {number}",
        **contents[number % len(contents)],
        "notes": " ".join(pick(SENTENCES, 2)) + "\n",
        "handout": "\n\n".join(" ".join(pick(SENTENCES[i:], 3)) for i in range(2)) + "\n",
    }


def markdown(source: Talk, part: str) -> str:
    """The same words as Markdown for Pandoc. `part`: `deck`, with the notes, or `handout`, with the print text."""
    blocks = [f"---\ntitle: {source['title']}\nauthor: {source['author']}\ndate: {source['date']}\nlang: en\n---"]
    for slide in source["slides"]:
        if "section" in slide:
            blocks.append(f"# {slide['section']}")
            continue
        blocks += [f"## {slide['title']}", markdown_content(slide)]
        blocks.append(f"::: notes\n{slide['notes']}:::" if part == "deck" else slide["handout"])
    return "\n\n".join(blocks) + "\n"


def markdown_content(slide: Talk) -> str:
    if "bullets" in slide:
        (first, nested, last) = slide["bullets"]
        ((second, inner),) = nested.items()
        return "\n".join((f"- {first}", f"- {second}", *(f"    - {item}" for item in inner), f"- {last}"))
    if "table" in slide:
        rows = [slide["table"]["header"], ["---"] * 3, *slide["table"]["rows"]]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)
    if "code" in slide:
        return f"```python\n{slide['code']['text']}```"
    sides = (
        f"::: column\n**{side['title']}**\n\n" + "\n".join(f"- {item}" for item in side["items"]) + "\n:::"
        for side in slide["comparison"].values()
    )
    return ":::: columns\n" + "\n\n".join(sides) + "\n::::"


def write_inputs(folder: Path, size: int) -> None:
    """The talk as a source, as data, and as Markdown for both outputs."""
    import yaml

    source = talk(size)
    folder.mkdir(parents=True)
    (folder / "talk.json").write_text(json.dumps(source), encoding="utf-8")
    (folder / "talk.yaml").write_text(yaml.safe_dump(source, sort_keys=False, width=110), encoding="utf-8")
    for part in ("deck", "handout"):
        (folder / f"{part}.md").write_text(markdown(source, part), encoding="utf-8")


def write_bare_deck(source: Path, output: Path) -> None:
    """The least that python-pptx needs for the same words: its own template, no look, no measuring."""
    import pptx
    from pptx.util import Inches

    content: Talk = json.loads(source.read_text(encoding="utf-8"))
    presentation = pptx.Presentation()
    for entry in ({"section": content["title"]}, *content["slides"]):
        slide = presentation.slides.add_slide(presentation.slide_layouts[2 if "section" in entry else 1])
        slide.shapes.title.text = entry.get("section") or entry["title"]
        if "table" in entry:
            rows = [entry["table"]["header"], *entry["table"]["rows"]]
            place = (Inches(1), Inches(2), Inches(8), Inches(4))
            table = slide.shapes.add_table(len(rows), 3, *place).table
            for y, row in enumerate(rows):
                for x, text in enumerate(row):
                    table.cell(y, x).text = text
        elif "section" not in entry:
            slide.placeholders[1].text_frame.text = "\n".join(plain_lines(entry))
        if "notes" in entry:
            slide.notes_slide.notes_text_frame.text = entry["notes"]
    presentation.save(str(output))


def plain_lines(slide: Talk) -> list[str]:
    if "bullets" in slide:
        (first, nested, last) = slide["bullets"]
        ((second, inner),) = nested.items()
        return [first, second, *inner, last]
    if "code" in slide:
        return [*slide["code"]["text"].splitlines()]
    return [line for side in slide["comparison"].values() for line in (side["title"], *side["items"])]
