"""Talks in other scripts: conserved in both outputs, measured in fallback families, mirrored where they must be."""

from __future__ import annotations

import io
import subprocess
import unicodedata
import zipfile
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.build import Build, Options, build
from deckgen.diagnostics import has_errors
from deckgen.model.languages import tagged
from deckgen.model.setting import Style
from deckgen.model.text import label, plain
from deckgen.read.theme import read_theme
from deckgen.typeset.clusters import clusters
from deckgen.typeset.cuts import Cut, cut_file, default_folder
from deckgen.typeset.fallback import in_families
from deckgen.typeset.fonts import Faces
from deckgen.typeset.kinsoku import divided
from deckgen.typeset.lines import Measure, break_lines
from deckgen.world import MemoryWorld
from deckgen.write.handout.mirror import mirrored
from tests.builders import paper

WORDS = {
    "ar": ("الحاوية عملية معزولة", "تشترك الحاويات في نواة المضيف وتبدأ بسرعة", "هذه جملة في النص المطبوع"),
    "he": ("מכולה היא תהליך מבודד", "מכולות חולקות את ליבת המארח ומתחילות מהר", "זה משפט בטקסט המודפס"),
    "zh": ("容器是隔离的进程", "容器共享主机的内核、启动更快。占用的资源更少。", "这是印刷文本中的一句话。"),
    "ja": (
        "コンテナは隔離されたプロセス",
        "「一度だけ作って、どこでも動かす」という考え方です。",
        "印刷された文章です。",
    ),
    "ko": (
        "컨테이너는 격리된 프로세스",
        "컨테이너는 커널을 공유하므로 빠르게 시작됩니다.",
        "인쇄된 문장입니다.",
    ),
    "hi": ("कंटेनर एक अलग प्रक्रिया है", "कंटेनर होस्ट का कर्नेल साझा करते हैं और जल्दी शुरू होते हैं।", "यह छपे हुए पाठ का वाक्य है।"),
}
TALK = """\
deckgen: 1
title: {0}
language: {language}
date: 2026-11-24
slides:
  - title: {0}
    bullets: ["{1}", "Docker 27"]
    notes: "{1}"
    handout: "{2}"
"""
LETTERS = "ab é 12.,()“”-/ 容器、。「」ーっ 한국어 नमस्ते क्षि ไทย שלום مرحبا 🙂👩‍💻👍🏽🇫🇷1️⃣"


@cache
def made(language: str) -> Build:
    source = TALK.format(*WORDS[language], language=language).encode()
    return build(MemoryWorld({"t.yaml": source}, default_folder()), "t.yaml", Options(slides_pdf=True))


def outputs(language: str) -> dict[str, bytes]:
    return {output.suffix: output.data for output in made(language).outputs}


def extracted(pdf: bytes) -> str:
    """The text as Poppler reads it, ligatures as their letters, without space."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(c for c in unicodedata.normalize("NFKC", done.stdout.decode()) if not c.isspace())


def slide(language: str, number: int) -> str:
    with zipfile.ZipFile(io.BytesIO(outputs(language)[".pptx"])) as package:
        return package.read(f"ppt/slides/slide{number}.xml").decode()


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_talk_is_built_and_found_in_both_outputs(language: str) -> None:
    assert made(language).diagnostics == ()
    for suffix in ("-handout.pdf", "-slides.pdf"):
        found = extracted(outputs(language)[suffix])
        words = [word for text in WORDS[language][:2] for word in unicodedata.normalize("NFKC", text).split()]
        assert [word for word in words if word not in found] == []


@pytest.mark.parametrize(("language", "tag"), [("ar", "ar-SA"), ("ja", "ja-JP"), ("hi", "hi-IN"), ("zh", "zh-CN")])
def test_runs_tell_the_language_that_they_are_in(language: str, tag: str) -> None:
    xml = slide(language, 2)
    assert f'lang="{tag}"' in xml
    assert 'lang="en-US"' in xml.partition("Docker")[0].rpartition("<a:r>")[2]


def test_a_right_to_left_deck_is_mirrored() -> None:
    with zipfile.ZipFile(io.BytesIO(outputs("he")[".pptx"])) as package:
        layout = package.read("ppt/slideLayouts/slideLayout1.xml").decode()
        theme = package.read("ppt/theme/theme1.xml").decode()
        assert ' rtl="1"' in package.read("ppt/presentation.xml").decode()
    assert 'algn="r" rtl="1"' in layout and 'algn="l" rtl="0"' not in layout
    assert '<a:cs typeface="Heebo"/>' in theme and '<a:font script="Hebr" typeface="Heebo"/>' in theme


def test_a_style_sheet_is_mirrored_but_for_code() -> None:
    css = """@page { margin: 1mm 2mm 3mm var(--page-left); @top-left-corner { padding-left: 5mm; } }
      .note { float: left; margin-left: -50mm; text-align: right; } .code .line { left: 0; }
      .x { background: linear-gradient(var(--a)) -4mm 2mm / 1mm 9mm no-repeat; --page-left: 3mm }
      .y { columns: 2; column-rule: 1pt solid red }"""
    found = " ".join(mirrored(css).split())
    assert "margin: 1mm var(--page-left) 3mm 2mm" in found and "@top-right-corner { padding-right: 5mm; }" in found
    assert "float: right; margin-right: -50mm; text-align: left" in found and ".line { left: 0; }" in found
    assert "right -4mm top 2mm / 1mm 9mm" in found and "--page-left: 3mm" in found
    assert "columns: 2; column-rule: none" in found, "WeasyPrint would draw it outside of the columns"


def test_a_character_that_no_font_has_is_named_with_a_remedy() -> None:
    source = "deckgen: 1\ntitle: T\nslides:\n  - title: \u1200 and \U0001f642\n    bullets: [x]\n"
    found = build(MemoryWorld({"t.yaml": source.encode()}, default_folder()), "t.yaml", Options()).diagnostics
    assert [(d.span.line, d.message) for d in found] == [
        (4, "the theme's fonts have no '\u1200' (U+1200 ETHIOPIC SYLLABLE HA)")
    ]
    assert "fallbacks" in found[0].hint


def test_the_extra_for_large_fonts_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("cuts", "fonts"):
        monkeypatch.setattr(f"deckgen.typeset.{module}.installed", lambda family: not family.extra)
    monkeypatch.setattr("deckgen.check.glyphs.installed", lambda family: not family.extra)
    source = "deckgen: 1\ntitle: T\nlanguage: ja\nslides:\n  - title: \u4e00\u3002\n    bullets: [x]\n"
    found = build(MemoryWorld({"t.yaml": source.encode()}, default_folder()), "t.yaml", Options()).diagnostics
    assert has_errors(found) and 'pip install "deckgen-compiler[cjk]"' in found[-1].hint


def test_a_theme_brings_a_font_of_its_own_folder() -> None:
    font = cut_file(Cut(paper().fonts["sans"], False, False, {}), default_folder()).read_bytes()
    shipped = {name: MemoryWorld().read_theme("paper", name) for name in ("theme.yaml", "handout.css")}
    files = {f"themes/own/{name}": data for name, data in shipped.items() if isinstance(data, bytes)}
    yaml = files["themes/own/theme.yaml"].decode().replace("name: paper", "name: own")
    yaml = yaml.replace("fallbacks:", "fallbacks:\n  - {family: Own, files: [fonts/own.ttf]}", 1)
    files["themes/own/theme.yaml"] = yaml.encode()
    theme, found = read_theme(MemoryWorld({**files, "themes/own/fonts/own.ttf": font}), "own")
    assert theme and not has_errors(found)
    assert Faces(theme, default_folder()).fallback_for("x", "en") == "Own"
    _, found = read_theme(MemoryWorld({**files, "themes/own/fonts/own.ttf": b"no font"}), "own")
    assert "is no TrueType or OpenType font" in found[0].message


def test_lines_of_chinese_and_japanese_keep_the_rules() -> None:
    assert divided("「一度、」だ。") == ["「一", "度、」", "だ。"]
    assert divided("カーっと") == ["カーっ", "と"]
    assert divided("한국어") == ["한국어"]


def test_clusters_stay_whole() -> None:
    for whole in ("👩‍💻", "👍🏽", "🇫🇷", "1️⃣", "क्षि", "é", "\u1112\u1161\u11ab"):
        assert clusters(f"a{whole}b") == ["a", whole, "b"]
    assert clusters("🇫🇷🇩🇪") == ["🇫🇷", "🇩🇪"]


def test_a_script_tells_the_language_of_a_stretch() -> None:
    assert tagged("see שלום 12, ok", "en") == [("see ", "en"), ("שלום 12, ", "he"), ("ok", "en")]
    assert tagged("漢字とかな", "en") == [("漢字とかな", "ja")] and tagged("漢字", "ko") == [("漢字", "ko")]
    assert tagged("Привет", "uk") == [("Привет", "uk")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(clusters(LETTERS)), max_size=40), st.floats(20, 200))
def test_lines_hold_every_character_and_divide_no_cluster(letters: list[str], width: float) -> None:
    text = "".join(letters)
    faces = Faces(paper(), default_folder())
    measure = Measure(Style("sans", 20, 25), faces, 0.88)
    lines = break_lines(in_families(label(text), measure.face, faces), width, measure)
    joined = "".join(plain(line.text) for line in lines)
    assert joined.replace(" ", "") == text.replace(" ", "")
    whole = clusters(text)
    ends = {sum(map(len, whole[:i])) for i in range(len(whole) + 1)}
    if " " not in text:
        at = 0
        for line in lines:
            at += len(plain(line.text))
            assert at in ends
