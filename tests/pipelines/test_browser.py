"""report.html and index.html in a real browser: from a verdict to the words on the page, by mouse, keyboard and paper."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
import screenings
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from extract.formats import ReadOptions, read
from extract.submission import open_submission
from models.catalogue import load_edition
from pipelines.reports import LocalFiles, ReportOptions, write_batch, write_submission
from pipelines.screener import screen_documents
from pipelines.screening import Screening

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """The browser; these tests never skip, so a machine without one is told what to install."""
    asked = os.environ.get("PRESCREEN_CHROMIUM")
    found = [asked] if asked else [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")]
    for path in found:
        if path and Path(path).is_file():
            return path
    pytest.fail("no Chromium: `apt-get install chromium`, or name one in PRESCREEN_CHROMIUM", pytrace=False)


def axe() -> str:
    """axe-core (MPL-2.0) out of the package that carries it; a tool of these tests, never part of the program."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> screenings.Made:
    return screenings.make(tmp_path_factory.mktemp("in"))


@pytest.fixture(scope="module")
def out(made: screenings.Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_submission(made.screening, folder / made.screening.name, made.originals, ReportOptions())
    write_batch([made.screening, screenings.passing(made), screenings.failed()], folder, ReportOptions())
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test on any error, message of the policy, or request that leaves the file."""
    opened = browser.new_page(viewport={"width": 1366, "height": 768})
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("request", lambda request: faults.append(request.url) if not request.url.startswith(("file:", "data:", "about:")) else None)
    opened.on("dialog", lambda dialog: faults.append(dialog.message))
    yield opened
    opened.close()
    assert faults == []


@pytest.fixture
def report(page: Page, out: Path, made: screenings.Made) -> Page:
    page.goto((out / made.screening.name / "report.html").as_uri())
    return page


def shot(page: Page, selector: str) -> Image.Image:
    return Image.open(io.BytesIO(page.locator(selector).first.screenshot())).convert("RGB")


def magenta(image: Image.Image) -> int:
    """How many pixels have the colour that the test document draws at the start of every line."""
    return sum(count for count, colour in image.getcolors(1 << 24) or () if colour[0] > 200 and colour[1] < 90 and colour[2] > 170)


def test_verdict_stands_first_and_each_condition_leads_to_its_evidence(report: Page, made: screenings.Made) -> None:
    assert "不通过" in (report.locator("#verdict").text_content() or "")
    assert report.locator("#verdict").bounding_box()["y"] < 300  # type: ignore[index]
    for finding in made.screening.conditions:
        report.locator(f'#verdict a[href="#{finding.indicator}"]').click()
        card = report.locator(f'[id="{finding.indicator}"]')
        assert abs(card.bounding_box()["y"]) < 768  # type: ignore[index]
        for key in (*finding.claims, *finding.proofs):
            assert card.locator(f'[data-evidence="{key}"]').count() >= 1


def test_a_reference_in_the_derivation_goes_to_its_quote(report: Page) -> None:
    report.locator('[id="infrastructure.coverage_5g"] .steps a[href="#E5"]').first.click()
    tile = report.locator("#E5")
    box = tile.bounding_box()
    assert box and 0 <= box["y"] < 768
    assert "《证明/1 5G基站数证明函.pdf》第1页" in (tile.text_content() or "")


def test_the_box_on_the_picture_lies_on_the_words(report: Page) -> None:
    # E2 begins at the start of a line, where the document has its coloured square.
    report.goto(report.url.split("#")[0] + "#E2")
    rect = report.locator("#E2 rect.hit").first.bounding_box()
    assert rect
    inside = report.screenshot(clip={"x": rect["x"], "y": rect["y"], "width": rect["width"] * 0.12, "height": rect["height"]})
    image = Image.open(io.BytesIO(inside)).convert("RGB")
    found = [(x, y) for x in range(image.width) for y in range(image.height) if _is_mark(image.getpixel((x, y)))]
    assert len(found) > 20
    xs = [x for x, _ in found]
    assert min(xs) < image.width * 0.6
    outline = report.screenshot(clip={"x": rect["x"] - 1, "y": rect["y"], "width": rect["width"] + 2, "height": rect["height"]})
    colours = {colour for _, colour in Image.open(io.BytesIO(outline)).convert("RGB").getcolors(1 << 24) or ()}
    assert any(r > 170 and g < 90 and b < 110 for r, g, b in colours)


def _is_mark(colour: Any) -> bool:
    return bool(colour[0] > 170 and colour[1] < 150 and colour[2] > 120 and colour[0] - colour[1] > 60 and colour[2] - colour[1] > 40)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Screening, dict[str, Path], Path]:
    """The sample that needs a person, whose plan and proofs are PDFs: record, files, and its report."""
    folder = tmp_path_factory.mktemp("sample")
    samples = Path(__file__).parents[2] / "samples"
    name = next(
        path.name.removesuffix(".truth.json")
        for path in sorted(samples.glob("*.truth.json"))
        if json.loads(path.read_text("utf-8"))["gate"] == "review"
    )
    submission = open_submission(samples / name, folder / "work")
    files = {entry.path: entry.file for entry in submission.entries if entry.file is not None}
    documents = {path: read(file, path=path, options=ReadOptions()) for path, file in files.items()}
    screening = screen_documents(submission, documents, load_edition("2023"))
    write_submission(screening, folder / name, LocalFiles(documents, files), ReportOptions())
    return screening, files, folder / name / "report.html"


def test_the_boxes_of_a_sample_hold_the_words_and_dark_ink(page: Page, sample: tuple[Screening, dict[str, Path], Path]) -> None:
    screening, files, report = sample
    page.goto(report.as_uri())
    checked = 0
    for finding in screening.conditions:
        for key in (*finding.claims[:1], *finding.proofs[:1]):
            item = screening.by_id()[key]
            crop = page.locator(f'[id="{key}"] .crop, [data-evidence="{key}"] .crop').first
            if item.page is None or item.lane == "ocr":
                continue
            with pdfplumber.open(files[item.document], pages=[item.page]) as pdf:
                characters = [c for c in pdf.pages[0].chars if not c["text"].isspace()]
            found = ""
            crop.scroll_into_view_if_needed()
            for rect in crop.locator("rect.hit").all():
                x, y, width, height = (float(rect.get_attribute(name) or "nan") for name in ("x", "y", "width", "height"))
                inside = [
                    c
                    for c in characters
                    if x < (c["x0"] + c["x1"]) / 2 < x + width and y < (c["top"] + c["bottom"]) / 2 < y + height
                ]
                found += "".join(c["text"] for c in sorted(inside, key=lambda c: float(c["x0"])))
                box = rect.bounding_box()
                assert box
                clip = {"x": box["x"] + 2, "y": box["y"] + 2, "width": box["width"] - 4, "height": box["height"] - 4}
                image = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L")
                assert sum(image.histogram()[:130]) / (image.width * image.height) > 0.03
            assert found == "".join(item.text.split())
            checked += 1
    assert checked >= 6


def test_a_crop_opens_the_whole_page_with_file_page_and_box_and_closes_again(report: Page) -> None:
    report.goto(report.url.split("#")[0] + "#E5")
    report.locator("#E5 .crop").click()
    viewer = report.locator("#viewer")
    assert viewer.is_visible()
    assert "《证明/1 5G基站数证明函.pdf》第1页" in (report.locator("#v-title").text_content() or "")
    assert report.locator("#v-page rect.hit").count() == 2  # the quote runs over two lines
    box = report.locator("#v-page rect.hit").first.bounding_box()
    frame = report.locator("#v-page").bounding_box()
    assert box and frame and frame["y"] <= box["y"] <= frame["y"] + frame["height"]
    assert magenta(shot(report, "#v-page svg")) > 50
    report.keyboard.press("ArrowRight")
    assert "E5" not in (report.locator("#v-title").text_content() or "")
    report.keyboard.press("Escape")
    assert not viewer.is_visible()
    assert report.evaluate("document.activeElement.getAttribute('data-open')") == "E5"


def test_focus_stays_in_the_viewer_while_it_is_open(report: Page) -> None:
    report.locator(".crop").first.click()
    for _ in range(12):
        report.keyboard.press("Tab")
        assert report.evaluate("document.getElementById('viewer').contains(document.activeElement)")


def test_evidence_without_a_page_shows_its_way_and_its_row(report: Page) -> None:
    text = report.locator("#E10").text_content() or ""
    assert "工作表“对照表”" in text
    assert "第2行" in text
    assert report.locator("#E10 td.hit").text_content() == "星河第1工厂"


def test_the_grid_filters_by_area_state_and_star(report: Page) -> None:
    rows = "#matrix > tbody:not([hidden])"
    assert report.locator(rows).count() == 37
    report.select_option("#f-area", label="基础设施")
    assert report.locator(rows).count() == 8
    assert report.locator("#f-count").text_content() == "8项"
    report.select_option("#f-area", label="全部")
    report.check("#f-starred")
    assert report.locator(rows).count() == 6
    report.select_option("#f-state", label="齐全")
    assert report.locator(rows).count() == 2


def test_a_row_of_the_grid_unfolds_and_a_link_into_it_does_the_same(report: Page) -> None:
    report.locator('tbody[data-indicator="policy.government_funds"] .open').click()
    assert report.locator("#E26").is_visible()
    report.reload()
    assert not report.locator("#E26").is_visible()
    report.goto(report.url.split("#")[0] + "#E26")
    assert report.locator("#E26").is_visible()


def test_search_finds_words_across_blanks_and_leads_there(report: Page) -> None:
    report.keyboard.press("/")
    report.keyboard.type("38.3 个")
    assert "找到" in (report.locator("#hits").text_content() or "")
    report.locator("#hits a").first.click()
    assert report.url.split("#")[1]
    report.locator("#q").fill("没有这句话的原文")
    assert report.locator("#hits").text_content() == "没有找到"


def test_j_and_k_walk_over_the_conditions(report: Page, made: screenings.Made) -> None:
    names = [finding.indicator for finding in made.screening.conditions]
    seen = []
    for key in ("j", "j", "j", "k"):
        report.keyboard.press(key)
        seen.append(report.url.split("#")[1])
    assert seen == [names[0], names[1], names[2], names[1]]


def test_the_walk_goes_on_though_the_layout_moves_and_starts_anew_where_the_reader_scrolls(report: Page, made: screenings.Made) -> None:
    names = [finding.indicator for finding in made.screening.conditions]
    report.keyboard.press("j")
    report.keyboard.press("j")
    report.evaluate("document.body.style.overflowAnchor = 'none'; document.body.style.paddingTop = '1500px'")
    report.keyboard.press("j")
    assert report.url.split("#")[1] == names[2]
    report.evaluate("window.scrollTo(0, 0)")
    report.mouse.wheel(0, -10)
    report.keyboard.press("j")
    assert report.url.split("#")[1] == names[0]


def test_a_deep_link_opens_at_the_condition(page: Page, out: Path, made: screenings.Made) -> None:
    page.goto((out / made.screening.name / "report.html").as_uri() + "#ecosystem.national_titles")
    box = page.locator('[id="ecosystem.national_titles"]').bounding_box()
    assert box and -5 <= box["y"] < 60


def test_the_paper_has_the_verdict_every_condition_and_every_quote(report: Page, made: screenings.Made) -> None:
    document = pypdfium2.PdfDocument(report.pdf(prefer_css_page_size=True))
    texts = [page.get_textpage().get_text_range() for page in document]
    whole = "".join("".join(texts).split())
    assert "完整性审查结论" in texts[0]
    assert "不通过" in texts[0]
    for item in made.screening.evidence:
        assert "".join(item.text.split())[:12] in whole
    width, height = document[0].get_size()
    assert (round(width), round(height)) in ((595, 842), (596, 842), (595, 841))


def test_hostile_text_does_nothing(page: Page, made: screenings.Made, tmp_path: Path) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' javascript:alert(3) =HYPERLINK(\"x\") \x00\x1b\u202e </title></style></script>"
    base = made.screening
    screening = replace(
        base,
        name=bad,
        cities=(bad,),
        evidence=tuple(replace(item, text=bad, trail=bad) for item in base.evidence),
        documents=tuple(replace(record, title=bad, messages=(bad,)) for record in base.documents),
        conditions=tuple(replace(f, explanation=bad, steps=tuple(replace(s, text=bad) for s in f.steps)) for f in base.conditions),
        debris=(bad,),
    )
    write_submission(screening, tmp_path, LocalFiles(made.documents, made.originals.files), ReportOptions())
    write_batch([screening], tmp_path)
    for name in ("report.html", "index.html"):
        page.goto((tmp_path / name).as_uri())
        page.wait_for_timeout(100)
        assert page.locator("img").count() == 0
        assert page.locator("script").count() == 1
        assert "<script>alert(1)" in (page.locator("body").text_content() or "")


@pytest.mark.parametrize("width", [1366, 800])
def test_nothing_is_wider_than_the_window(report: Page, width: int) -> None:
    report.set_viewport_size({"width": width, "height": 768})
    assert report.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_report_is_read_without_script_too(browser: Browser, out: Path, made: screenings.Made) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768})
    plain = context.new_page()
    plain.goto((out / made.screening.name / "report.html").as_uri() + "#E2")
    assert magenta(shot(plain, "#E2 .crop")) > 20
    context.close()


@pytest.fixture
def index(page: Page, out: Path) -> Page:
    page.goto((out / "index.html").as_uri())
    return page


ROWS = "#table > tbody > tr:not([hidden])"


def names(index: Page) -> list[str]:
    """The submissions in the order in which they are shown."""
    return [(link.text_content() or "").strip() for link in index.locator(f"{ROWS} > th a").all()]


def test_the_batch_page_shows_the_worst_first_and_leads_to_each_report(index: Page, made: screenings.Made) -> None:
    order = [row.get_attribute("data-gate") for row in index.locator(ROWS).all()]
    assert len(order) == 3
    assert order[-1] == "pass"
    assert "损坏.zip" in (index.locator("body").text_content() or "")
    index.locator(f'#table a:has-text("{made.screening.name}")').first.click()
    index.wait_for_load_state()
    assert "完整性预审报告" in index.title()


def test_a_verdict_of_the_batch_page_leads_to_its_condition(index: Page, made: screenings.Made) -> None:
    row = index.locator(f'{ROWS}:has(th a:text-is("{made.screening.name}"))')
    row.locator("td.v").nth(1).locator("a").click()
    index.wait_for_load_state()
    assert index.url.endswith("#infrastructure.coverage_5g")
    box = index.locator('[id="infrastructure.coverage_5g"]').bounding_box()
    assert box and -5 <= box["y"] < 60


def test_the_batch_page_sorts_by_each_column_both_ways(index: Page) -> None:
    before = names(index)
    for column in range(index.locator("#table button[data-sort]").count()):
        button = index.locator(f'#table button[data-sort="{column}"]')
        orders = []
        for _ in range(2):
            button.click()
            direction = index.locator("#table thead th").nth(column).get_attribute("aria-sort")
            keys = [row.locator(":scope > *").nth(column).get_attribute("data-key") for row in index.locator(ROWS).all()]
            orders.append((direction, keys))
            assert sorted(names(index)) == sorted(before)
        assert {direction for direction, _ in orders} == {"ascending", "descending"}
        assert orders[0][1] == orders[1][1][::-1] or len(set(orders[0][1])) < len(before)
    index.locator('#table button[data-sort="1"]').click()
    assert index.locator('#table th[aria-sort]:not([aria-sort="none"])').count() == 1


def test_the_batch_page_filters_by_verdict_and_by_name(index: Page, made: screenings.Made) -> None:
    index.select_option("#only", value="pass")
    assert [row.get_attribute("data-gate") for row in index.locator(ROWS).all()] == ["pass"]
    assert index.locator("#shown").text_content() == "显示 1 份"
    index.select_option("#only", value="")
    index.keyboard.press("Tab")
    index.locator("#find").fill(made.screening.name)
    assert made.screening.name in names(index)
    index.locator("#find").fill("没有这座城市")
    assert names(index) == []


@pytest.mark.parametrize("name", ["report", "index"])
def test_axe_finds_no_serious_fault(browser: Browser, out: Path, made: screenings.Made, name: str) -> None:
    source = axe()
    context = browser.new_context(bypass_csp=True, viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    opened.goto((out / made.screening.name / "report.html" if name == "report" else out / "index.html").as_uri())
    for button in opened.locator(".matrix .open:not([disabled])").all():
        button.click()
    opened.evaluate("Array.from(document.querySelectorAll('details')).forEach(part => { part.open = true })")
    opened.evaluate(source + "\n;0")
    result = opened.evaluate("axe.run(document)")
    faults = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in result["violations"] if v["impact"] in ("serious", "critical")]
    context.close()
    assert faults == []
