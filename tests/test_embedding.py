"""Fonts in the deck: those that it uses, read back as the same bytes, in a package that other programs open."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pptx
import pytest

from deckgen.build import Options, build
from deckgen.check.pptx_text import ReadPackage
from deckgen.keep import Keep
from deckgen.namespaces import P, R
from deckgen.talk import Talk, prepare
from deckgen.typeset.cuts import default_folder
from deckgen.typeset.fonts import Face, Faces
from deckgen.world import DiskWorld, MemoryWorld, packaged_themes
from deckgen.write.pptx.embedding import Used, check_embedding, used_faces
from tests.command import deckgen, project, talk
from tests.judges import package_check, schema_check
from tests.judges.libreoffice import to_pdf

ROOT = packaged_themes().parent
SOURCE = "source/understanding-docker.yaml"


@pytest.fixture(scope="module", params=MemoryWorld().themes())
def made(request: pytest.FixtureRequest) -> tuple[Talk, bytes]:
    world = DiskWorld(ROOT, default_folder())
    found, _ = prepare(world, SOURCE, request.param)
    built = build(world, SOURCE, Options(theme=request.param, only="deck", embed_fonts=True))
    assert found and built.diagnostics == ()
    return found, built.outputs[0].data


def embedded(deck: bytes) -> dict[tuple[str, str], bytes]:
    """The embedded faces by family and role."""
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        main = "ppt/presentation.xml"
        targets = ReadPackage(package, Keep()).related(main)
        root = ElementTree.fromstring(package.read(main))
        return {
            (font[0].attrib["typeface"], face.tag.removeprefix(P)): package.read(targets[face.attrib[f"{R}id"]][1])
            for font in root.iter(f"{P}embeddedFont")
            for face in font[1:]
        }


def parsed(eot: bytes) -> tuple[list[str], bytes]:
    """The names of an Embedded OpenType file, and the font in it, read as the format says."""
    size, length, version, flags = struct.unpack_from("<4I", eot)
    assert (size, version, flags) == (len(eot), 0x00020001, 0)
    assert struct.unpack_from("<H", eot, 34)[0] == 0x504C
    names, at = [], 82
    for _ in range(5):
        (count,) = struct.unpack_from("<H", eot, at)
        names.append(eot[at + 2 : at + 2 + count].decode("utf-16-le"))
        at += 2 + count + 2
    assert len(eot) - (at - 2) == length
    return names, eot[at - 2 :]


def test_the_used_faces_are_in_the_deck_byte_for_byte(made: tuple[Talk, bytes]) -> None:
    found, deck = made
    faces = embedded(deck)
    wanted = used_faces(found.deck, found.show)
    assert len(faces) == len(wanted)
    roles = {"regular": (False, False), "bold": (True, False), "italic": (False, True), "boldItalic": (True, True)}
    for (family, role), data in faces.items():
        names, font = parsed(data)
        [slot] = [slot for slot, own in found.theme.fonts.items() if own.family == family]
        assert Used(slot, *roles[role]) in wanted
        assert font == found.faces.face(slot, *roles[role]).file.read_bytes()
        assert names[0] == family and names[4] == ""


def test_only_what_is_used_is_embedded(tmp_path: Path) -> None:
    root = project(tmp_path, talk=talk("One"))
    done = deckgen("build", "--only", "deck", "--embed-fonts", cwd=root)
    assert done.returncode == 0, done.stderr
    faces = embedded((root / "build" / "talk.pptx").read_bytes())
    assert set(faces) == {
        ("Newsreader Display Medium", "regular"), ("Source Sans 3", "regular"), ("Source Sans 3", "bold"),
    }  # fmt: skip
    plain = deckgen("build", "--only", "deck", cwd=root)
    assert plain.returncode == 0
    assert embedded((root / "build" / "talk.pptx").read_bytes()) == {}


def test_the_package_is_valid_and_opens(made: tuple[Talk, bytes], tmp_path: Path) -> None:
    found, deck = made
    file = tmp_path / "talk.pptx"
    file.write_bytes(deck)
    assert package_check.findings(deck) == []
    assert schema_check.findings(file) == []
    assert len(pptx.Presentation(io.BytesIO(deck)).slides) == len(found.show.pages)
    assert to_pdf(file, found.theme, tmp_path).stat().st_size > 0


def test_a_font_that_must_not_be_embedded_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    theme = prepare(DiskWorld(ROOT, default_folder()), SOURCE)[0]
    assert theme
    whole = Face.table

    def restricted(face: Face, tag: str) -> bytes:
        data = whole(face, tag)
        return data[:8] + b"\x00\x02" + data[10:] if tag == "OS/2" and "Sans" in face.file.name else data

    wanted = frozenset({Used("sans", False, False), Used("sans", True, False), Used("head", False, False)})
    faces = Faces(theme.theme, default_folder())
    assert check_embedding(wanted, theme.theme, faces) == ()
    monkeypatch.setattr(Face, "table", restricted)
    [problem] = check_embedding(wanted, theme.theme, faces)
    assert "the licence of the font 'Source Sans 3' does not allow to embed it" in problem.message
    assert "--embed-fonts" in problem.hint
