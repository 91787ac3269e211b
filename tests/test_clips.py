"""Video and sound: embedded in the deck, a poster and a QR code in print."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image as pil

from deckgen.blocks.video import duration
from deckgen.check.pdf_text import read_pdf_text
from deckgen.read.clip import kind_of, ratio_of, seconds_of
from tests.judges import package_check, schema_check
from tests.judges.package_check import find, values
from tests.judges.similarity import Grey, pictures
from tests.opened import only, opened
from tests.pairs import Outcome, outcome
from tests.pictures import EXAMPLE_FILES

MP4, WAV = EXAMPLE_FILES["media/hills.mp4"], EXAMPLE_FILES["media/bell.wav"]
FILES = {**EXAMPLE_FILES, "cut.mp4": MP4[:-5000], "other.mp4": MP4.replace(b"avc1", b"hev1"), "words.txt": b"words"}
LINK = "https://example.org/hills"


def made(block: str, *more: str, keys: str = "") -> Outcome:
    blocks = "".join(f"      - {one}\n" for one in (block, *more))
    return outcome(f"deckgen: 1\ntitle: T\nslides:\n  - title: Moving\n{keys}    body:\n{blocks}", files=FILES)


def video(file: str = "media/hills.mp4", **keys: str) -> str:
    return "video: {" + ", ".join([f"file: {file}", "title: Hills", *(f"{k}: {v}" for k, v in keys.items())]) + "}"


def audio(file: str = "media/bell.wav", **keys: str) -> str:
    return video(file, **keys).replace("video", "audio").replace("Hills", "A bell")


@pytest.mark.parametrize(
    ("block", "kind", "data"), [(video(link=f'"{LINK}"'), "video", MP4), (audio(link=f'"{LINK}"'), "audio", WAV)]
)
def test_the_deck_holds_the_clip_and_plays_it_on_a_click(block: str, kind: str, data: bytes, tmp_path: Path) -> None:
    found = made(block)
    assert found.problems == (), found.problems
    with zipfile.ZipFile(io.BytesIO(found.deck)) as package:
        slide = package.read("ppt/slides/slide2.xml").decode()
        relations = package.read("ppt/slides/_rels/slide2.xml.rels").decode()
        [clip] = [name for name in package.namelist() if "-clip" in name]
        assert package.read(clip) == data
    assert f"<a:{kind}File" in slide and "p14:media" in slide and 'action="ppaction://media"' in slide
    assert f"<p:{kind}><p:cMediaNode" in slide
    assert relations.count(clip.rpartition("/")[2]) == 2
    file = tmp_path / "deck.pptx"
    file.write_bytes(found.deck)
    assert package_check.findings(found.deck) == [] and schema_check.findings(file) == []


def test_builds_and_a_video_share_a_slide(tmp_path: Path) -> None:
    found = made(video(), "bullets: [One, Two]", keys="    reveal: by-block\n")
    assert found.problems == (), found.problems
    file = tmp_path / "deck.pptx"
    file.write_bytes(found.deck)
    assert package_check.findings(found.deck) == [] and schema_check.findings(file) == []


def test_the_video_keeps_its_shape_whatever_its_poster_has() -> None:
    found = made(video(poster="pictures/coast.jpg"))
    assert found.talk and ratio_of(MP4) == pytest.approx(16 / 9, rel=0.001)
    package = opened(found.deck)
    [shape] = find(package.slide(2), "//p:pic")
    assert not only(shape, "p:blipFill/a:srcRect").keys(), "a crop would cut the video, too"
    width, height = (int(values(shape, f"p:spPr/a:xfrm/a:ext/@{side}")[0]) for side in ("cx", "cy"))
    [name] = [name for name in package.files if name.startswith("ppt/media/") and "-clip" not in name]
    poster = pil.open(io.BytesIO(package.files[name]))
    assert width / height == pytest.approx(16 / 9, rel=0.001)
    assert poster.width / poster.height == pytest.approx(16 / 9, rel=0.01)


@pytest.mark.parametrize("block", [video, audio])
def test_print_shows_a_code_that_leads_to_it(block: object, tmp_path: Path) -> None:
    found = made(block(link=f'"{LINK}"'))  # type: ignore[operator]
    file = tmp_path / "handout.pdf"
    file.write_bytes(found.handout)
    codes = [code.text for page in pictures(file) for code in read(page)]
    text = read_pdf_text(found.handout)
    assert codes == [LINK] and "example.org/hills" in text.text.replace("\n", "")
    assert any(words.endswith(f"; QR code: {LINK}") for words in text.alternatives)


@pytest.mark.parametrize(("block", "words"), [(video(), ["Hills", "0:04"]), (audio(), ["A bell", "0:01"])])
def test_print_is_brief_where_nothing_is_to_be_seen(block: str, words: list[str]) -> None:
    found = made(block)
    assert found.talk
    [drawing] = found.talk.show.figures.values()
    assert drawing.size.height < 0.25 * drawing.size.width
    text = read_pdf_text(found.handout)
    assert text.figures == ("\n".join(words),) and words[0] not in text.text


def read(page: Grey) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(pil.fromarray((page * 255).astype("uint8")))


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (video("words.txt"), "error: words.txt is no video or sound that PowerPoint plays everywhere"),
        (video("cut.mp4"), "error: cut.mp4 is damaged: its end or its index is missing"),
        (video("other.mp4"), "warning: other.mp4 is not H.264, and PowerPoint may not play it"),
        (video("media/bell.wav"), "error: media/bell.wav is no video"),
        (audio("media/hills.mp4"), "error: media/hills.mp4 is no sound"),
        (video(link="example.org"), "error: 'example.org' is no web address"),
        (video("media/hill.mp4"), "error: there is no file media/hill.mp4"),
    ],
)
def test_what_is_wrong_is_said(block: str, message: str) -> None:
    found = [f"{d.severity}: {d.message}" for d in made(block).found]
    assert found == [message]


def test_lengths_are_read_from_headers() -> None:
    wide = b"\0\0\0\x78mvhd\1\0\0\0" + bytes(16) + (600).to_bytes(4, "big") + (2_235_000).to_bytes(8, "big")
    assert duration(seconds_of(wide, "mp4")) == "1:02:05"
    assert seconds_of(MP4, "mp4") == 4 and seconds_of(WAV, "wav") == pytest.approx(1, abs=0.5)
    assert seconds_of(b"ID3", "mp3") == seconds_of(b"RIFFdata", "wav") == seconds_of(b"\0\0\0\x6cmvhd", "mp4") == 0


def test_kinds_are_told_by_the_first_bytes() -> None:
    assert kind_of(MP4) == "mp4" and kind_of(WAV) == "wav"
    assert kind_of(b"ID3\x04" + bytes(20)) == "mp3" == kind_of(b"\xff\xfb\x90\x00")
    assert kind_of(b"\0\0\0\x20ftypM4A ") == "m4a"
    assert kind_of(b"\0\0\0\x20ftypqt  ") is None and kind_of(b"\x1aE\xdf\xa3") is None and kind_of(b"") is None
