"""`deckgen verify`: do these files belong together, and if not, what differs?"""

from __future__ import annotations

import io
import random
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pptx
import pytest

from deckgen.check.verify import deck_manifest, manifest_in
from deckgen.model.manifest import FORMAT, Manifest, differences, from_json, misplaced
from tests.builders import every_kind, written
from tests.command import SECONDS, deckgen, talk
from tests.opened import opened
from tests.pairs import Outcome, outcome

ABC = talk("A", "B", "C")


@pytest.fixture(scope="module")
def pair() -> Outcome:
    return outcome(ABC)


@pytest.fixture
def folder(pair: Outcome, tmp_path: Path) -> Path:
    (tmp_path / "t.yaml").write_text(ABC)
    (tmp_path / "t.pptx").write_bytes(pair.deck)
    (tmp_path / "t-handout.pdf").write_bytes(pair.handout)
    return tmp_path


def verify(folder: Path, *names: str) -> tuple[int, str]:
    """The exit status, and all that is said."""
    done = deckgen("verify", *(names or ("t.pptx", "t-handout.pdf")), cwd=folder)
    return done.returncode, done.stdout + done.stderr


def test_a_pair_of_one_source_is_in_step(folder: Path) -> None:
    assert verify(folder) == (0, "in step: t.pptx, t-handout.pdf\n")
    assert verify(folder, "t-handout.pdf", "t.pptx", "t.yaml")[0] == 0
    (folder / "t.yaml").write_text("# A comment changes nothing.\n" + ABC.replace("[one of A]", "['one of A']"))
    assert verify(folder, "t.pptx", "t-handout.pdf", "t.yaml") == (0, "in step: t.pptx, t-handout.pdf, t.yaml\n")


def test_slides_that_differ_are_named(folder: Path) -> None:
    (folder / "t.pptx").write_bytes(outcome(talk("C", "A", "D").replace("one of A", "two of A")).deck)
    assert verify(folder) == (
        1,
        "not in step: t.pptx and t-handout.pdf\n"
        "  slide 'a' differs\n"
        "  slide 'd' stands in t.pptx only\n"
        "  slide 'b' stands in t-handout.pdf only\n"
        "  slide 'c' stands in another place\n",
    )


def test_the_source_may_have_moved_on(folder: Path) -> None:
    (folder / "t.yaml").write_text(talk("A", "B", "C", "D"))
    told = "  slide 'd' stands in t.yaml only\n"
    assert verify(folder, "t.pptx", "t-handout.pdf", "t.yaml") == (
        1, f"not in step: t.pptx and t.yaml\n{told}not in step: t-handout.pdf and t.yaml\n{told}",
    )  # fmt: skip
    (folder / "t.yaml").write_text("titel: T")
    status, said = verify(folder, "t.pptx", "t-handout.pdf", "t.yaml")
    assert status == 1 and "t.yaml:1:1: error: unknown key 'titel'" in said and "t.yaml has errors" in said


def test_files_that_are_no_pair_are_told(folder: Path, pair: Outcome) -> None:
    (folder / "text.pptx").write_text("deckgen")
    (folder / "half.pptx").write_bytes(pair.deck[: len(pair.deck) // 2])
    (folder / "half.pdf").write_bytes(pair.handout[:5000])
    pptx.Presentation().save(str(folder / "foreign.pptx"))
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(folder / "foreign.pdf")
        empty.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    told = {
        "missing.pptx": "there is no file or folder missing.pptx",
        ".": ". is a folder, and a file is expected",
        "text.pptx": "text.pptx is neither a PowerPoint deck nor a PDF",
        "half.pptx": "half.pptx can't be read: it is damaged",
        "half.pdf": "half.pdf",
        "foreign.pptx": "foreign.pptx carries no manifest",
        "foreign.pdf": "foreign.pdf carries no manifest",
        "locked.pdf": "locked.pdf can't be read: it is damaged, or protected by a password",
    }
    for name, words in told.items():
        other = "t.pptx" if name.endswith("pdf") else "t-handout.pdf"
        status, said = verify(folder, name, other)
        assert status == 1 and words in said, name
    status, said = verify(folder, "t.pptx", "t.pptx")
    assert status == 2 and "both decks" in said


def test_two_talks_are_told_from_two_states_of_one() -> None:
    one = Manifest(FORMAT, "", "One", "1", (("title", "1"), ("a", "1")))
    other = Manifest(FORMAT, "", "Other", "2", (("title", "2"), ("b", "1")))
    assert differences(one, other, "x", "y") == ("they are of two talks: 'One' and 'Other'",)


@pytest.mark.parametrize(
    ("one", "other", "moved"),
    [
        ("abcd", "abcd", ""),
        ("abcd", "bcda", "a"),
        ("abcd", "dabc", "d"),
        ("abcd", "badc", "ac"),
        ("axbyc", "abcxy", "xy"),
        ("", "", ""),
    ],
)
def test_the_fewest_slides_have_moved(one: str, other: str, moved: str) -> None:
    assert "".join(misplaced(list(one), list(other))) == moved


def test_nothing_in_a_manifest_steers_the_terminal(folder: Path, pair: Outcome) -> None:
    evil = pair.handout
    with pikepdf.open(io.BytesIO(evil)) as pdf:
        data = '{"format":1,"tool":"","title":"A talk","source":"0","slides":[["a","0"],["\\u001b[31m","0"]]}'
        pdf.attachments["deckgen-manifest.json"] = pikepdf.AttachedFileSpec(pdf, data.encode())
        pdf.save(folder / "t-handout.pdf")
    status, said = verify(folder)
    assert status == 1 and "\x1b" not in said and "slide 'a' differs" in said


def test_manifests_survive_other_programs(folder: Path) -> None:
    with pikepdf.open(folder / "t-handout.pdf") as pdf:
        pdf.save(folder / "t2.pdf", linearize=True)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pptx",
         "--outdir", folder / "saved", folder / "t.pptx"],
        check=True, capture_output=True, timeout=SECONDS,
    )  # fmt: skip
    assert (folder / "saved" / "t.pptx").read_bytes() != (folder / "t.pptx").read_bytes()
    assert verify(folder, "saved/t.pptx", "t2.pdf", "t.yaml")[0] == 0
    presentation = pptx.Presentation(str(folder / "t.pptx"))
    presentation.save(str(folder / "t3.pptx"))
    assert verify(folder, "t3.pptx", "t2.pdf")[0] == 0


def test_the_deck_s_manifest_is_found_under_another_name(pair: Outcome) -> None:
    """PowerPoint and LibreOffice number custom parts anew; others stand beside ours."""
    files = {name.replace("item1", "item7"): data for name, data in opened(pair.deck).files.items()}
    files = {"customXml/item1.xml": b"<sources/>", "customXml/item2.xml": b"no XML", **files}
    assert from_json(deck_manifest(packed(files)) or b"") == manifest_in("a", pair.deck)


def test_a_deck_without_a_manifest_that_can_be_read() -> None:
    later = b'<manifest xmlns="https://deckgen.example/ns/1/">{"format": 2}</manifest>'
    assert "can't read" in str(manifest_in("a", packed({"customXml/item1.xml": later})))
    assert "no manifest" in str(manifest_in("a", packed({"ppt/presentation.xml": b"<p/>"})))
    foreign = b'<?xml version="1.0"?><manifest xmlns="urn:test">42</manifest>'
    assert "no manifest" in str(manifest_in("a", packed({"customXml/item1.xml": foreign})))
    assert isinstance(manifest_in("a", written(every_kind())), Manifest)


def packed(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"7", b"[", b"null", b"[1]", b'{"format": 1}', b'{"format": 2}', b'{"format": Infinity}', b"[" * 100_000,
     b'{"format":1,"tool":0,"title":0,"source":0,"slides":[1]}',
     b'{"format":1,"tool":0,"title":0,"source":0,"slides":7}',
     b"\xff"],
)  # fmt: skip
def test_what_is_no_manifest_is_none(data: bytes) -> None:
    assert from_json(data) is None


def test_damage_anywhere_is_no_crash(pair: Outcome) -> None:
    dice = random.Random(2026)
    for data in (pair.deck, pair.handout):
        for _ in range(150):
            damaged = bytearray(data)
            for _ in range(dice.choice((1, 10, 200))):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            assert manifest_in("a", bytes(damaged[: dice.choice((len(data), dice.randrange(len(data))))]))
