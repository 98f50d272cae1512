"""Makes the picture of the README: the form of a report with one mistake, beside the document.

python3 Tests/BaoCaoWebTests/picture.py PROGRAM    (needs playwright and chromium)
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PICTURE = ROOT / "Sources/BaoCaoWeb/BaoCaoWeb.docc/trang.png"


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "data"
        shutil.copytree(ROOT / "data", data)
        server = subprocess.Popen(
            [program, data, "--port", "0", "--templates", ROOT / "Templates"],
            stdout=subprocess.PIPE, text=True)
        try:
            take(server.stdout.readline().strip())
        finally:
            server.kill()
            server.wait()


def take(address):
    base = address.split("/vao")[0]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.goto(f"{base}/tep/ubnd-phuong-vi-du-2024-6-thang/muc/so_lieu")
        page.fill("[name='r.0.gia_tri']", "1,400")
        page.keyboard.press("Tab")
        page.wait_for_selector("[data-ban-ghi='0'] p.loi")
        page.wait_for_load_state("networkidle")
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=PICTURE)
        browser.close()


main(sys.argv[1])
