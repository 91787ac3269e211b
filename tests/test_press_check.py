"""The judge of PDF/X-4 files must find what is wrong: a sound file with one thing broken in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from deckgen.diagnostics import NOWHERE
from deckgen.write.production import press as shop
from tests.builders import STAMP, paper
from tests.judges import press_check
from tests.pages_builders import handout

Break = Callable[[pikepdf.Pdf], None]


@cache
def sound() -> bytes:
    return shop.press(handout('<p style="color:#A5301C">Words</p>', {}), paper(), STAMP, NOWHERE)[0]


def no_metadata(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["pdfxid:GTS_PDFXVersion"]


def trapped_unknown(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo[Name.Trapped] = Name.Unknown


def no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def profile_of_a_screen(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    data = bytearray(profile.read_bytes())
    data[12:20] = b"mntrRGB "
    profile.write(bytes(data))


def no_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/TrimBox"]


def bleed_in_the_trim(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.BleedBox = Array([10, 10, 100, 100])


def font_left_out(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get(Name.Type) == Name.FontDescriptor:
            for name in ("/FontFile2", "/FontFile3"):
                if name in item:
                    del item[name]


def colour_of_a_screen(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"1 0 0 rg 0 0 9 9 re f")


def grey_of_a_screen(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.ColorSpace.Grey = Array([Name.CalGray, Dictionary(WhitePoint=Array([1, 1, 1]))])


def a_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link))])


def a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("1"))


def a_transfer_curve(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(G=Dictionary(TR=Name.Identity))


def data_elsewhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Extra = pdf.make_stream(b"", Dictionary(F=String("other.dat")))


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (no_metadata, "identity"),
        (trapped_unknown, "trapping"),
        (no_intent, "intent"),
        (profile_of_a_screen, "intent"),
        (no_trim, "boxes"),
        (bleed_in_the_trim, "boxes"),
        (font_left_out, "fonts"),
        (colour_of_a_screen, "colours"),
        (grey_of_a_screen, "colours"),
        (a_link, "interaction"),
        (a_script, "interaction"),
        (a_transfer_curve, "plain_graphics"),
        (data_elsewhere, "streams"),
    ],
)
def test_each_rule_is_kept(broken: Break, rule: str) -> None:
    assert press_check.findings(sound()) == []
    with pikepdf.open(io.BytesIO(sound())) as pdf:
        broken(pdf)
        out = io.BytesIO()
        pdf.save(out)
    found = press_check.findings(out.getvalue())
    assert found and {finding.partition(":")[0] for finding in found} == {rule}
