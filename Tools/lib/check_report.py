"""What Tools/check-report asks of the pages of `report` and the files of `charts`."""

import csv
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import time
import zlib

import vl_convert
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PROGRAM, OUT = sys.argv[1], pathlib.Path(sys.argv[2])
HOSTILE = (
    "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'> & \"quotes\" "
    "javascript:alert(1) https://example.org/?a=1&b=2 \u202ereversed\u202c \u0645\u0631\u062d\u0628\u0627 "
    "\U0001f469\u200d\U0001f469\u200d\U0001f467"
)
failures = []
passed = 0


def expect(condition, claim):
    global passed
    if condition:
        passed += 1
    else:
        failures.append(claim)
        print(f"FAILED: {claim}")


def run(name, arguments=(), change=lambda folder: None):
    """Runs a copy of an example workspace that writes a report and charts; returns the copy."""
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(
        pathlib.Path("Workspaces") / name.split("+")[0], folder, ignore=shutil.ignore_patterns("out", ".casus")
    )
    file = folder / "workspace.yaml"
    text = file.read_text()
    for use, to in [("report", "out/report.html"), ("charts", "out/charts")]:
        if f"use: {use}," not in text:
            text = text.replace("\nexports:\n", f"\nexports:\n  {use}: {{use: {use}, to: {to}}}\n", 1)
    file.write_text(text)
    change(folder)
    done = subprocess.run([PROGRAM, "run", *arguments, str(folder)], capture_output=True, text=True)
    expect(done.returncode == 0, f"{name}: the run ends well: {done.stderr[-500:]}")
    report = next((line for line in (done.stdout + done.stderr).splitlines() if re.match(r"report\s+done", line)), "")
    seconds = re.search(r"([0-9.]+) s", report)
    if seconds:
        print(f"  {name}: report written in {seconds.group(1)} s, {(folder / 'out/report.html').stat().st_size} bytes")
    return folder


def open_page(browser, path, **options):
    """A page offline, with everything it asked for and complained of."""
    context = browser.new_context(offline=True, **options)
    page = context.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("dialog", lambda dialog: (page.complaints.append("a dialog"), dialog.dismiss()))
    page.goto(path.as_uri())
    return page


def check_page(browser, name, path):
    print(f"== {name}")
    markup = path.read_text()
    tags = re.findall(r"<[a-z][^<>]*>", markup.split("<script nonce", 1)[0])
    expect(not [tag for tag in tags if re.search(r"\ssrc=|<link|<iframe|<object", tag)], f"{name}: it embeds nothing")
    links = [link for tag in tags for link in re.findall(r'\shref="([^"]*)"', tag)]
    expect(all(re.match(r"#|https?://", link) for link in links), f"{name}: links lead to pages of the web or within")
    figures = markup.count('<figure ')
    for scheme in ["light", "dark"]:
        page = open_page(browser, path, color_scheme=scheme, viewport={"width": 1000, "height": 900})
        page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
        page.screenshot(path=OUT / f"{name}-{scheme}.png", full_page=False)
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        expect(
            found.violations_count == 0,
            f"{name}: axe finds nothing in {scheme}: "
            + "; ".join(f"{it['id']} {it['nodes'][0]['html'][:200]}" for it in found.response["violations"]),
        )
        own = [url for url in page.asked if not url.startswith(("file:", "blob:", "data:"))]
        expect(not own and len([url for url in page.asked if url.startswith("file:")]) == 1, f"{name}: no request: {own}")
        expect(not page.complaints, f"{name}: no error in the console: {page.complaints[:3]}")
        expect(page.evaluate("window.hacked") is None, f"{name}: no text of the data runs")
        page.context.close()
    check_speed(browser, name, path)
    check_without_script(browser, name, path, figures)
    if figures:
        check_keyboard_and_downloads(browser, name, path)
    check_sorting(browser, name, path)
    check_narrow(browser, name, path)
    check_paper(browser, name, path, figures)


def check_speed(browser, name, path):
    times = []
    for _ in range(3):
        page = open_page(browser, path)
        times.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
        page.context.close()
    print(f"  ready in {sorted(times)[1]:.0f} ms")


def check_without_script(browser, name, path, figures):
    page = open_page(browser, path, java_script_enabled=False)
    expect(page.locator("figure svg").count() == figures, f"{name}: without scripts every chart is there")
    expect(page.locator("#findings, #run, #quality, #again").count() == 4, f"{name}: and every part of the page")
    first = page.locator("#findings details").first
    if first.count():
        first.locator("summary").click()
        expect(first.locator("dl").first.is_visible(), f"{name}: and what is behind a finding opens")
    page.context.close()


def check_keyboard_and_downloads(browser, name, path):
    page = open_page(browser, path, accept_downloads=True)
    figure = page.locator("figure:has(script)").first
    if not figure.count():
        return
    output = figure.locator("output")
    expect(output.get_attribute("aria-live") == "polite", f"{name}: values are read out")
    figure.locator(".plot").focus()
    heard = []
    for key in ["ArrowRight", "ArrowRight", "End", "Home"]:
        page.keyboard.press(key)
        heard.append(output.inner_text())
    rows = figure.evaluate("it => JSON.parse(it.querySelector('script').textContent).rows")
    if rows > 2:
        expect(heard[0] != heard[1] and heard[1] != heard[2] and heard[0] == heard[3], f"{name}: arrow keys move: {heard}")
    expect(all(heard), f"{name}: arrow keys read values: {heard}")
    for kind in ["CSV", "SVG", "PNG"]:
        with page.expect_download() as download:
            figure.get_by_role("button", name=re.compile(f"^Download.* {kind}")).click()
        content = pathlib.Path(download.value.path()).read_bytes()
        expect(download.value.suggested_filename.endswith(kind.lower()), f"{name}: {kind} has its name")
        if kind == "CSV":
            table = list(csv.reader(io.StringIO(content.decode())))
            expect(len(table) == rows + 1, f"{name}: the CSV has a line for each value, not {len(table)} for {rows}")
            expect(len({len(line) for line in table}) == 1, f"{name}: the CSV has columns")
        if kind == "SVG":
            check_svg(name, content, inside="Source" if b"Source" in content else "Workspace")
        if kind == "PNG":
            expect(content.startswith(b"\x89PNG") and len(content) > 5_000, f"{name}: the PNG is one")
            expect(int.from_bytes(content[16:20], "big") == 1520, f"{name}: the PNG is twice as wide as the chart")
    expect(not page.complaints, f"{name}: no error in the console: {page.complaints[:3]}")
    page.context.close()


def check_svg(name, content, inside):
    done = subprocess.run(["xmllint", "--noout", "-"], input=content, capture_output=True)
    expect(done.returncode == 0, f"{name}: the SVG is well formed: {done.stderr[:300]}")
    expect(b"<style" in content and inside.encode() in content, f"{name}: the SVG has its style and its source in it")


def check_sorting(browser, name, path):
    page = open_page(browser, path)
    page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
    sortable = page.locator("table.data:has(thead button)")
    for index in range(min(4, sortable.count())):
        table = sortable.nth(index)
        head = table.locator("thead th").filter(has=page.locator("button")).last
        column = head.evaluate("it => it.cellIndex")
        read = f"it => [...it.tBodies[0].rows].map(row => row.cells[{column}].textContent)"
        for direction in ["ascending", "descending"]:
            head.locator("button").click()
            expect(head.get_attribute("aria-sort") == direction, f"{name}: a table says how it is sorted")
            values = [value for value in table.evaluate(read) if value]
            if head.evaluate("it => it.classList.contains('n')"):
                values = [float(value.replace(",", "").replace("\u2212", "-")) for value in values]
                expect(values == sorted(values, reverse=direction == "descending"), f"{name}: numbers sort as numbers")
    page.context.close()


def check_narrow(browser, name, path):
    page = open_page(browser, path, viewport={"width": 360, "height": 800})
    page.screenshot(path=OUT / f"{name}-narrow.png")
    for opened in [False, True]:
        if opened:
            page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
        wide = page.evaluate("document.documentElement.scrollWidth")
        expect(wide <= 360, f"{name}: 360 pixels are enough, not {wide}")
    page.context.close()


def check_paper(browser, name, path, figures):
    """The PDF holds the charts: without them it has far fewer lines."""

    def strokes(page):
        pdf = page.pdf(format="A4")
        lines = 0
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S):
            try:
                lines += len(re.findall(rb" (?:l|c|re|h)\b", zlib.decompress(stream)))
            except zlib.error:
                pass
        return pdf, lines

    page = open_page(browser, path, color_scheme="dark")
    pdf, whole = strokes(page)
    (OUT / f"{name}.pdf").write_bytes(pdf)
    page.evaluate("document.querySelectorAll('figure svg').forEach(it => it.remove())")
    _, bare = strokes(page)
    if figures:
        expect(whole > bare + 20 * figures, f"{name}: on paper the charts are there: {whole} lines, {bare} without")
    page.emulate_media(media="print")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    expect(paper == "rgb(255, 255, 255)", f"{name}: paper is white, also for those who read in the dark: {paper}")
    page.context.close()


def hostile(folder):
    """The notes of all events become an attack, and an actor has a name of 500 characters."""
    file = folder / "data/events.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text())))
    for row in rows:
        row["note"] = HOSTILE
        for side in ["actor1", "actor2"]:
            if row[side] == "TTP":
                row[side] = ("\u202e<b>" + "long name " * 50)[:500]
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def check_charts(folder, name):
    files = sorted((folder / "out/charts").rglob("*.svg"))
    expect(len(files) == len(json.loads((folder / "out/charts/charts.json").read_text())["charts"]), f"{name}: a file a chart")
    for file in files:
        check_svg(file.name, file.read_bytes(), inside="Source")
    for file in sorted((folder / "out/charts").rglob("*.vl.json")):
        spec = json.loads(file.read_text())
        expect("data" in spec and "$schema" in spec, f"{file.name} has its data with it")
        try:
            picture = vl_convert.vegalite_to_png(spec, vl_version="5.21", allowed_base_urls=[])
            expect(len(picture) > 1000, f"{name}/{file.name} renders")
            (OUT / f"{name}-{file.parent.name}-{file.name}.png").write_bytes(picture)
        except ValueError as error:
            expect(False, f"{name}/{file.name} renders: {error}")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    started = time.time()
    pages = {
        "durand-line": run("durand-line"),
        "synthetic": run("synthetic", ["--profile", "shifts"]),
        "durand-line+hostile": run("durand-line+hostile", change=hostile),
    }
    text = (pages["durand-line+hostile"] / "out/report.html").read_text()
    expect("&lt;/script&gt;&lt;script&gt;window.hacked" in text, "hostile: the note is there, as text")
    expect('href="javascript' not in text, "hostile: no link but to pages of the web")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"), args=["--no-sandbox"]
        )
        for name, folder in pages.items():
            check_page(browser, name, folder / "out/report.html")
        browser.close()
    for name in ["durand-line", "synthetic"]:
        check_charts(pages[name], name)
    print(f"{passed} claims hold, {len(failures)} do not; {time.time() - started:.0f} s; screenshots in {OUT.name}/")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
