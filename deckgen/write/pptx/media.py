"""Pictures as parts of the package, and `p:pic`."""

from __future__ import annotations

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.package import Package

from deckgen.model.asset import Clip, Image
from deckgen.model.drawing import Picture
from deckgen.typeset.raster import in_deck, shown_at
from deckgen.write.pptx.canvas import Canvas, Media
from deckgen.write.pptx.geometry import placed, preset
from deckgen.write.pptx.markup import attributes

SLIDE_PPI = 220
"""PowerPoint's own measure for pictures on screens of high resolution."""
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
TYPES = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
CLIP_TYPES = {"mp4": "video/mp4", "m4a": "audio/mp4", "mp3": "audio/mpeg", "wav": "audio/x-wav"}
MEDIA = "http://schemas.microsoft.com/office/2007/relationships/media"
POWERPOINT_2010 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
PLAYS = '<a:hlinkClick r:id="" action="ppaction://media"/>'


class MediaParts:
    """The pictures of a package, each kept once at each size."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts: dict[str, Part] = {}

    def part(self, image: Image) -> Part:
        """The part is named after the author's file: a check finds it again."""
        name = f"/ppt/media/{image.digest[:16]}-{image.width}.{image.kind}"
        if name not in self._parts:
            self._parts[name] = Part(PackURI(name), TYPES[image.kind], self._package, image.data)
        return self._parts[name]

    def clip(self, clip: Clip) -> Part:
        name = f"/ppt/media/{clip.digest[:16]}-clip.{clip.kind}"
        if name not in self._parts:
            self._parts[name] = Part(PackURI(name), CLIP_TYPES[clip.kind], self._package, clip.data)
        return self._parts[name]


class SlideMedia:
    """The pictures of one slide."""

    def __init__(self, slide: Part, parts: MediaParts) -> None:
        self._slide = slide
        self._parts = parts

    def relation(self, image: Image) -> str:
        return self._slide.relate_to(self._parts.part(image), RELATIONSHIP_TYPE.IMAGE)

    def clip(self, clip: Clip) -> tuple[str, str]:
        part = self._parts.clip(clip)
        kind = RELATIONSHIP_TYPE.VIDEO if clip.kind == "mp4" else RELATIONSHIP_TYPE.AUDIO
        return self._slide.relate_to(part, kind), self._slide.relate_to(part, MEDIA)


def blip(picture: Picture, media: Media) -> str:
    """`a:blip` with no more pixels than a slide shows; a drawing as SVG ([MS-ODRAWXML] 2.20), for others as PNG."""
    fallback = shown_at(picture.image, picture.pixels(SLIDE_PPI))
    relation = media.relation(fallback)
    if picture.image.kind != "svg" or picture.clip:
        return f'<a:blip r:embed="{relation}"/>'
    return (
        f'<a:blip r:embed="{relation}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
        f'<asvg:svgBlip xmlns:asvg="{SVG}" r:embed="{media.relation(picture.image)}"/></a:ext></a:extLst></a:blip>'
    )


def picture(shape: Picture, canvas: Canvas) -> str:
    """`p:pic`. It keeps the whole picture, so that the crop can be moved in PowerPoint."""
    shape = in_deck(shape)
    slot = canvas.slots[shape.placeholder] if shape.placeholder else None
    name = f"{slot.label} ({shape.key})" if slot else ""
    properties = f"<p:nvPr>{slot.markup()}</p:nvPr>" if slot else canvas.properties
    if shape.clip:
        properties = player(shape.clip, canvas.media)
    head = canvas.identity(shape, name, PLAYS if shape.clip else "")
    locks = f"<a:picLocks{attributes(noGrp=1 if slot else None, noChangeAspect=1)}/>"
    crop = shape.crop
    cut = attributes(**{side: round(share * 100_000) or None for side, share in zip("ltrb", crop, strict=True)})
    corner = round(shape.corner_pt / min(shape.box.width, shape.box.height) * 100_000)
    outline = preset("roundRect", adj=min(corner, 50_000)) if corner else preset("rect")
    return (
        f"<p:pic><p:nvPicPr>{head}<p:cNvPicPr>{locks}</p:cNvPicPr>{properties}</p:nvPicPr>"
        f"<p:blipFill>{blip(shape, canvas.media)}<a:srcRect{cut}/><a:stretch><a:fillRect/></a:stretch></p:blipFill>"
        f"<p:spPr>{placed(shape.box)}{outline}</p:spPr></p:pic>"
    )


def player(clip: Clip, media: Media) -> str:
    """`p:nvPr` of a picture that plays a clip, as PowerPoint 2010 and later write it ([MS-PPTX] 2.2.4)."""
    name = "a:videoFile" if clip.kind == "mp4" else "a:audioFile"
    linked, embedded = media.clip(clip)
    return (
        f'<p:nvPr><{name} r:link="{linked}"/><p:extLst><p:ext uri="{{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}}">'
        f'<p14:media xmlns:p14="{POWERPOINT_2010}" r:embed="{embedded}"/></p:ext></p:extLst></p:nvPr>'
    )
