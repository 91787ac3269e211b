"""Builds as native animations: each click lets shapes or paragraphs appear (ISO/IEC 29500-1, 19.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from deckgen.model.drawing import AnyShape, AutoShape, Picture, TextBox, every_shape
from deckgen.model.show import Step
from deckgen.write.pptx.canvas import ShapeIds
from deckgen.write.pptx.markup import NAMESPACES, attributes

START = '<p:stCondLst><p:cond delay="0"/></p:stCondLst>'
ON_SLIDE = "<p:tgtEl><p:sldTgt/></p:tgtEl>"
STEERING = (
    f'<p:prevCondLst><p:cond evt="onPrev" delay="0">{ON_SLIDE}</p:cond></p:prevCondLst>'
    f'<p:nextCondLst><p:cond evt="onNext" delay="0">{ON_SLIDE}</p:cond></p:nextCondLst>'
)
"""A click leads on, and back."""


def timing_markup(steps: Sequence[Step], shapes: Sequence[AnyShape], ids: ShapeIds) -> str:
    """`p:timing` of a slide; empty for a slide without steps that plays nothing."""
    players = [shape for shape in every_shape(shapes) if isinstance(shape, Picture) and shape.clip]
    if not steps and not players:
        return ""
    known = {shape.key: shape for shape in shapes}
    numbers = count(2)
    parts = sequence(steps, known, ids, numbers) if steps else ""
    parts += "".join(player(shape, ids, numbers) for shape in players)
    return (
        f'<p:timing {NAMESPACES}><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot">'
        f"<p:childTnLst>{parts}</p:childTnLst></p:cTn></p:par></p:tnLst>{build_list(steps, known, ids)}</p:timing>"
    )


def sequence(steps: Sequence[Step], known: Mapping[str, AnyShape], ids: ShapeIds, numbers: Iterator[int]) -> str:
    """`p:seq`: the clicks one after the other."""
    number = next(numbers)
    clicks = "".join(click(step, known, ids, numbers) for step in steps)
    return (
        f'<p:seq concurrent="1" nextAc="seek"><p:cTn id="{number}" dur="indefinite" nodeType="mainSeq">'
        f"<p:childTnLst>{clicks}</p:childTnLst></p:cTn>{STEERING}</p:seq>"
    )


def player(shape: Picture, ids: ShapeIds, numbers: Iterator[int]) -> str:
    """`p:video` or `p:audio`: what plays when its picture is clicked."""
    name = "p:video" if shape.clip and shape.clip.kind == "mp4" else "p:audio"
    return (
        f'<{name}><p:cMediaNode vol="80000"><p:cTn id="{next(numbers)}" fill="hold" display="0"><p:stCondLst>'
        '<p:cond delay="indefinite"/></p:stCondLst></p:cTn>'
        f'<p:tgtEl><p:spTgt spid="{ids.of(shape.key)}"/></p:tgtEl></p:cMediaNode></{name}>'
    )


def click(step: Step, known: Mapping[str, AnyShape], ids: ShapeIds, numbers: Iterator[int]) -> str:
    """What one click shows: the first effect waits for it, the others come with the first."""
    outer, inner = next(numbers), next(numbers)
    effects = "".join(
        effect(target, grouped, "withEffect" if i else "clickEffect", numbers)
        for i, (target, grouped) in enumerate(targets(step, known, ids))
    )
    return (
        f'<p:par><p:cTn id="{outer}" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst><p:childTnLst>'
        f'<p:par><p:cTn id="{inner}" fill="hold">{START}<p:childTnLst>{effects}</p:childTnLst></p:cTn></p:par>'
        "</p:childTnLst></p:cTn></p:par>"
    )


def targets(step: Step, known: Mapping[str, AnyShape], ids: ShapeIds) -> Iterator[tuple[str, bool]]:
    """What a step shows, as the content of `p:tgtEl`, and whether the shape stands in the list of builds."""
    for key in step.shapes:
        number = ids.of(key)
        if not step.paragraphs:
            yield f'<p:spTgt spid="{number}"/>', build(known[key], number, "") != ""
            continue
        first, last = step.paragraphs
        for i in range(first, last + 1):
            yield f'<p:spTgt spid="{number}"><p:txEl><p:pRg st="{i}" end="{i}"/></p:txEl></p:spTgt>', True


def effect(target: str, grouped: bool, when: str, numbers: Iterator[int]) -> str:
    """The effect "Appear"."""
    group = attributes(grpId="0" if grouped else None, nodeType=when)
    return (
        f'<p:par><p:cTn id="{next(numbers)}" presetID="1" presetClass="entr" presetSubtype="0" fill="hold"{group}>'
        f'{START}<p:childTnLst><p:set><p:cBhvr><p:cTn id="{next(numbers)}" dur="1" fill="hold">{START}</p:cTn>'
        f"<p:tgtEl>{target}</p:tgtEl><p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr>"
        '<p:to><p:strVal val="visible"/></p:to></p:set></p:childTnLst></p:cTn></p:par>'
    )


def build_list(steps: Sequence[Step], known: Mapping[str, AnyShape], ids: ShapeIds) -> str:
    """`p:bldLst`: how each shape with text is built."""
    ways = {key: "p" if step.paragraphs else "" for step in steps for key in step.shapes}
    builds = "".join(build(known[key], ids.of(key), way) for key, way in ways.items())
    return f"<p:bldLst>{builds}</p:bldLst>" if builds else ""


def build(shape: AnyShape, number: int, way: str) -> str:
    """`p:bldP`; empty for a shape that can't be built by its text."""
    if not isinstance(shape, TextBox | AutoShape):
        return ""
    ground = 1 if isinstance(shape, AutoShape) else None
    return f"<p:bldP{attributes(spid=number, grpId='0', build=way or None, animBg=ground)}/>"
