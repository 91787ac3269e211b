"""Pictures: what is read, what is refused, and how both files show them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image as pil
from PIL import ImageCms

from deckgen.model.asset import Crop, Image
from deckgen.model.drawing import Picture
from deckgen.model.manifest import digest
from deckgen.model.show import Show
from deckgen.read.svg import read_svg
from deckgen.typeset import raster
from deckgen.typeset.raster import Unusable, read_pixels, shown_at
from deckgen.units import Box
from deckgen.write.pages.slides import write_slides_pdf
from tests.builders import STAMP, deck_of, faces, one_page, paper, written
from tests.pictures import SVG, picture

BOX = Box(100, 100, 216, 144)
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 30 20">'


def opened(image: Image) -> pil.Image:
    return pil.open(io.BytesIO(image.data))


def refusal(data: bytes) -> str:
    with pytest.raises(Unusable) as found:
        (read_svg if b"<svg" in data else read_pixels)(data, "x")
    assert found.value.hint
    return str(found.value)


@pytest.mark.parametrize(
    ("kind", "mode", "becomes"),
    [("PNG", "RGB", "png"), ("PNG", "RGBA", "png"), ("PNG", "P", "png"), ("PNG", "I;16", "png"), ("PNG", "1", "png"),
     ("JPEG", "RGB", "jpeg"), ("JPEG", "L", "jpeg"), ("JPEG", "CMYK", "jpeg"), ("WEBP", "RGB", "jpeg"),
     ("WEBP", "RGBA", "png")],
)  # fmt: skip
def test_pictures_of_all_kinds_become_png_or_jpeg_in_rgb_or_grey(kind: str, mode: str, becomes: str) -> None:
    image = read_pixels(picture(kind, mode=mode), "a")
    assert (image.kind, image.width, image.height) == (becomes, 300, 200)
    assert opened(image).mode in ("L", "RGB", "RGBA", "P", "1")
    small = shown_at(image, 60)
    assert (small.kind, small.width, small.height, small.digest) == (becomes, 60, 40, image.digest)
    assert opened(small).mode in ("L", "RGB", "RGBA")


def test_a_plain_file_keeps_its_pixels_to_the_bit() -> None:
    data = picture("JPEG", quality=80)
    assert read_pixels(data, "a").data == data
    assert shown_at(read_pixels(data, "a"), 290).data == data


def test_a_camera_turned_on_its_side_gives_an_upright_picture() -> None:
    exif = pil.Exif()
    exif[0x0112] = 6
    image = read_pixels(picture("JPEG", exif=exif.tobytes()), "a")
    assert (image.width, image.height) == (200, 300)
    assert 0x0112 not in opened(image).getexif()


def test_no_metadata_is_passed_on() -> None:
    exif = pil.Exif()
    exif[0x010E] = "secret place"
    for kind in ("JPEG", "PNG", "WEBP"):
        data = picture(kind, exif=exif.tobytes())
        assert b"secret place" in data
        assert b"secret place" not in read_pixels(data, "a").data
    assert b"private" not in read_pixels(picture("JPEG", comment=b"private"), "a").data


def test_colours_of_another_profile_are_brought_over() -> None:
    """A profile that calls red what sRGB calls green."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"-XYZ").replace(b"gXYZ", b"rXYZ").replace(b"-XYZ", b"gXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "mine".encode("utf-16-be"))
    out = io.BytesIO()
    pil.new("RGB", (20, 20), (255, 0, 0)).save(out, "PNG", icc_profile=swapped)
    red, green, blue = opened(read_pixels(out.getvalue(), "a")).convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert red < 60 and green > 240 and blue < 60
    assert read_pixels(picture("PNG", icc_profile=b"no profile"), "a").kind == "png"


@pytest.mark.parametrize(
    ("data", "message"),
    [(picture("GIF"), "no picture of a kind"), (b"", "no picture"), (b"hello", "no picture"),
     (picture("JPEG")[:900], "damaged"), (picture("PNG")[:300], "damaged"), (picture("WEBP")[:300], "damaged")],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data: bytes, message: str) -> None:
    assert message in refusal(data)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "MOST_PIXELS", 50_000)
    assert "too many pixels" in refusal(picture("PNG"))
    monkeypatch.setattr(pil, "MAX_IMAGE_PIXELS", 20_000)
    assert "too many pixels" in refusal(picture("PNG"))


def test_a_drawing_has_its_size_and_loses_what_runs_or_moves() -> None:
    text = f'{HEAD}<script>alert(1)</script><rect onclick="x()" width="9" height="9"><set to="1"/></rect></svg>'
    image = read_svg(text.encode(), "a.svg")
    assert (image.kind, image.width, image.height) == ("svg", 30, 20)
    assert b"script" not in image.data and b"onclick" not in image.data and b"set" not in image.data
    assert b"rect" in image.data
    assert shown_at(image, 600).width == 600
    sized = read_svg(HEAD.replace("viewBox", 'width="60mm" viewBox').encode() + b"</svg>", "a.svg")
    assert (sized.width, sized.height) == (227, 151)


@pytest.mark.parametrize(
    ("inside", "message"),
    [('<image href="x.png"/>', "refers to another file"), ('<use xlink:href="a.svg#b"/>', "refers to another file"),
     ("<style>@import 'a.css';</style>", "refers to another file"),
     ('<rect style="fill:url(http://x.example/#a)"/>', "refers to another file"),
     ('<image href="data:image/svg+xml;base64,AAAA"/>', "refers to another file"),
     ('<image href="data:image/png;base64,AAAA"/>', "no picture"),
     ("<foreignObject>words</foreignObject>", "HTML"), ("<text>words</text>", "text"),
     ("<filter><feTurbulence/></filter>", "feTurbulence"), ('<g id="a"><use href="#a"/></g>', "too complex"),
     ("<g>" * 200 + "</g>" * 200, "nests deeper"), ("<g/>" * 20_001, "too complex"),
     ('<g id="a"><g/><g/></g>' + "".join(
         f'<g id="b{i}">{f"<use href=#{i}/>" * 10}</g>'.replace("=#0", '="#a"').replace(f"=#{i}", f'="#b{i - 1}"')
         for i in range(9)), "too complex")],
)  # fmt: skip
def test_a_drawing_that_is_not_safe_or_not_whole_is_refused(inside: str, message: str) -> None:
    assert message in refusal(f"{HEAD}{inside}</svg>".encode())


def test_entities_and_broken_markup_are_refused() -> None:
    assert "entities" in refusal(b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg/>')
    assert "can be read" in refusal(b"<svg")
    assert "can be read" in refusal(b"<svg \xff/>")
    assert "usable size" in refusal(b'<svg xmlns="http://www.w3.org/2000/svg"/>')


def test_a_picture_counts_by_its_content_alone() -> None:
    one, two = read_pixels(picture("PNG"), "a.png"), read_pixels(picture("PNG"), "b.png")
    other = read_pixels(picture("PNG", 301), "a.png")
    assert one == two and digest(one) == digest(two)
    assert digest(one) != digest(other)


def shown() -> list[Picture]:
    """A large photo twice, one with alpha, and a drawing."""
    photo = read_pixels(picture("JPEG", 3000, 2000), "photo")
    return [
        Picture(key="p/1", box=BOX, image=photo, alt="A photo"),
        Picture(key="p/2", box=BOX.moved(300, 0), image=photo, alt="The same photo"),
        Picture(key="p/3", box=BOX.moved(0, 200), image=read_pixels(picture("PNG", mode="RGBA"), "b"), alt="A mist"),
        Picture(
            key="p/4", box=BOX.moved(300, 200), image=read_svg(SVG.encode(), "c"), crop=Crop(0.25, 0, 0.25, 0),
            corner_pt=12, decorative=True,
        ),
    ]  # fmt: skip


def test_the_deck_holds_each_picture_once_and_no_larger_than_slides_show_it() -> None:
    data = written(deck_of(), Show((one_page(*shown()),)))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        media = {name: package.read(name) for name in package.namelist() if "media" in name}
        slide = package.read("ppt/slides/slide1.xml").decode()
    sizes = {name.rpartition(".")[2]: pil.open(io.BytesIO(d)).size for name, d in media.items() if "svg" not in name}
    assert sorted(name.rpartition(".")[2] for name in media) == ["jpeg", "png", "png", "svg"]
    assert sizes["jpeg"] == (660, 440)
    assert slide.count("<p:pic>") == 4 and 'descr="A photo"' in slide and "svgBlip" in slide
    assert '<a:srcRect l="25000" r="25000"/>' in slide and 'prst="roundRect"' in slide


def test_the_pages_hold_each_picture_once_and_keep_300_dpi() -> None:
    data = write_slides_pdf(deck_of(), Show((one_page(*shown()),)), paper(), faces(), STAMP)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        objects = dict(pdf.pages[0].Resources.XObject.items())
        photo = next(x for x in objects.values() if x.get("/Filter") == "/DCTDecode")
        mist = next(x for x in objects.values() if "/SMask" in x)
        drawing = next(x for x in objects.values() if x.Subtype == "/Form")
        assert len(objects) == 3
        assert (int(photo.Width), int(photo.Height)) == (900, 600)
        assert mist.ColorSpace == "/DeviceRGB" and mist.SMask.ColorSpace == "/DeviceGray"
        assert b" c" in drawing.read_bytes(), "a circle in curves, not in pixels"


def test_equal_pictures_of_two_names_keep_their_names() -> None:
    one = raster.read_pixels(picture("PNG", 300, 200), "one.png")
    other = replace(one, name="other.png")
    assert [raster.smaller(image, 100).name for image in (one, other)] == ["one.png", "other.png"]
    assert [raster.cut(image, Crop(left=0.1)).name for image in (one, other)] == ["one.png", "other.png"]
