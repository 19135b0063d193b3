"""What Tools/preview does: a picture of each workspace's report, at most so large."""

import pathlib
import shutil
import sys

from playwright.sync_api import sync_playwright

LARGEST = 300_000

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), args=["--no-sandbox"])
    for argument in sys.argv[1:]:
        workspace, _, section = argument.partition("#")
        workspace = pathlib.Path(workspace)
        page = browser.new_page(viewport={"width": 1000, "height": 1200})
        page.goto(f"{(workspace / 'out/report.html').resolve().as_uri()}#{section}")
        picture = page.screenshot()
        if len(picture) > LARGEST:
            sys.exit(f"{workspace}: the picture has {len(picture)} bytes, more than {LARGEST}")
        (workspace / "preview.png").write_bytes(picture)
        print(f"{workspace}/preview.png: {len(picture)} bytes")
