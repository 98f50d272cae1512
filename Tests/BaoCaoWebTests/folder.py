"""The pages of an office's folder over HTTP: adding up, sheets, sealing, names and deleted files.

    python3 Tests/BaoCaoWebTests/folder.py .build/debug/baocao-web

Starts the program on a copy of `data`, does with it what a browser without JavaScript does, and
fails at the first answer that is not as it should be. Needs the standard library alone.
"""

import http.cookiejar
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Site:
    """A browser: it keeps the cookie and the token of its session."""

    def __init__(self, address):
        self.base = address.split("/vao")[0]
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)
        self.token = ""
        self.get(address[len(self.base) :])
        self.get("/moi")

    def ask(self, request):
        try:
            answer = self.opener.open(request)
            return answer.status, answer.geturl()[len(self.base) :], answer.read()
        except urllib.error.HTTPError as error:
            return error.code, request.full_url[len(self.base) :], error.read()

    def raw(self, path):
        return self.ask(urllib.request.Request(self.base + path))

    def get(self, path):
        status, url, body = self.raw(path)
        text = body.decode()
        token = re.search(r'name="khoa" value="([^"]+)"', text)
        if token:
            self.token = token.group(1)
        return status, url, text

    def post(self, path, **fields):
        body = urllib.parse.urlencode({"khoa": self.token, **fields}).encode()
        status, url, body = self.ask(urllib.request.Request(self.base + path, body))
        return status, url, body.decode()

    def upload(self, path, name, content, **fields):
        head = 'Content-Disposition: form-data; name="'
        parts = [f'{head}{key}"\r\n\r\n{value}' for key, value in {"khoa": self.token, **fields}.items()]
        body = "".join(f"--bien\r\n{part}\r\n" for part in parts).encode()
        body += f'--bien\r\n{head}tep"; filename="{name}"\r\n\r\n'.encode() + content + b"\r\n--bien--\r\n"
        request = urllib.request.Request(
            self.base + path, body, {"Content-Type": "multipart/form-data; boundary=bien"})
        status, url, body = self.ask(request)
        return status, url, body.decode()


def is_same(found, wanted, what):
    if found != wanted:
        sys.exit(f"{what}: {found!r} instead of {wanted!r}")


def states(page):
    return {
        name: state
        for name, state in re.findall(r'<th scope="row">([^<]+)</th>\s*<td><span class="tt \w+">([^<]+)', page)
    }


def collecting(site, data):
    plan, units = "/tong-hop/phuong~tong-hop", f"{data}/phuong/2024-6-thang"
    choice = {"thu_muc": "2024-6-thang", "cung_ky": "phuong~2023-6-thang"}
    is_same("phuong/tong-hop.rec" in site.get("/tong-hop")[2], True, "the plan is listed")
    found = states(site.get(plan)[2])
    is_same((len(found), set(found.values())), (21, {"đã báo cáo"}), "all units have reported")

    good = open(f"{units}/minh-an.rec").read()
    with open(f"{units}/minh-an.rec", "w") as file:
        file.write(good.replace("gia_tri: 320", "gia_tri: khoảng 320"))
    shutil.copy(f"{units}/minh-binh.rec", f"{units}/binh-lai.rec")
    with open(f"{units}/la.rec", "w") as file:
        file.write(good.replace("phường Minh An", "phường Lạ"))
    os.remove(f"{units}/minh-tam.rec")
    page = site.get(plan)[2]
    found = states(page)
    is_same(
        [found[f"phường Minh {name}"] for name in ("An", "Bình", "Tâm", "Châu")],
        ["có lỗi", "có nhiều tệp", "chưa báo cáo", "đã báo cáo"], "the states of units")
    link = "/tep/phuong~2024-6-thang~minh-an/muc/so_lieu#o-0-gia_tri"
    is_same(link in page and "«phường Lạ»" in page, True, "a mistake leads to its field")

    is_same(site.post(plan + "/cong", tong="", **choice)[0], 422, "no total with mistakes")
    status, _, page = site.post(plan + "/cong", tong="", bo_ra="1", **choice)
    is_same((status, "18/21" in page), (200, True), "a total without the units with mistakes")

    for name in ("binh-lai", "la"):
        os.remove(f"{units}/{name}.rec")
    with open(f"{units}/minh-an.rec", "w") as file:
        file.write(good)
    sent = good.replace("phường Minh An", "phường Minh Tâm").encode()
    is_same(site.upload(plan + "/tai-len", "../../Minh Tâm.rec", sent, **choice)[0], 200, "a unit's file")
    is_same(os.path.exists(f"{units}/minh-tam.rec"), True, "its name is made plain")
    site.upload(plan + "/tai-len", "moi.rec", sent.replace(b"320", b"321"), **choice)
    is_same(len(os.listdir(units)), 21, "a unit's second file takes the place of the first")
    stranger = sent.replace("phường Minh Tâm".encode(), "phường Minh Tầm".encode())
    is_same(site.upload(plan + "/tai-len", "x.rec", stranger, **choice)[0], 422, "a stranger's file")
    for folder in ("../x", "khac"):
        answer = site.upload(plan + "/tai-len", "x.rec", sent, thu_muc=folder, cung_ky="")
        is_same(answer[0], 404, "a folder that is not offered")

    total = "phuong~tong-6-thang-dau-nam-2024"
    status, url, _ = site.post(plan + "/cong", tong=total, **choice)
    is_same((status, url.startswith(f"/tep/{total}/")), (200, True), "the total leads to its form")
    is_same(site.post(plan + "/cong", tong="phuong~2023-6-thang", thu_muc="2024-6-thang")[0], 409, "a file of others")
    with open(f"{data}/phuong/tong-6-thang-dau-nam-2024.rec", "a") as file:
        file.write("\n# lời viết thêm\n")
    is_same(site.post(plan + "/cong", tong=total, **choice)[0], 409, "a total with words is kept")
    is_same(site.get("/tong-hop/bo-de-2020-quy-1")[0], 404, "a file that is no plan")


def whole_files(site, data):
    is_same(site.post("/vi-du")[1], "/tep/vi-du/muc/su_viec", "the example opens")
    site.post("/tep/vi-du/niem-phong")
    is_same("tt niem_phong" in site.get("/tep/vi-du/viec")[2], True, "the example is sealed")
    is_same(os.listdir(f"{data}/kho/goi"), ["vi-du"], "it lies in the archive")
    with open(f"{data}/vi-du.rec", "a") as file:
        file.write("\n# sửa\n")
    is_same("tt niem_phong" in site.get("/tep/vi-du/viec")[2], False, "what was changed is not sealed")
    is_same(site.post("/tep/phuong~2024-6-thang~minh-an/niem-phong")[0], 422, "what is not ready is not sealed")

    is_same(site.post("/tep/vi-du/doi-ten", ten="Ví dụ / của tôi")[1], "/tep/vi-du-cua-toi/viec", "a plain name")
    is_same(site.get("/tep/vi-du/viec")[0], 404, "the old name is gone")
    is_same(site.get("/tep/vi-du-cua-toi/phien-ban")[2].count("lập tệp"), 1, "versions go along")
    is_same(site.post("/tep/vi-du-cua-toi/doi-ten", ten="***")[0], 400, "a name of nothing")

    before = open(f"{data}/vi-du-cua-toi.rec").read()
    page = site.post("/tep/vi-du-cua-toi/xoa")[2]
    is_same(os.path.exists(f"{data}/vi-du-cua-toi.rec"), False, "a deleted file leaves the folder")
    number = re.search(r"/da-xoa/(\d+)", page).group(1)
    is_same(site.post(f"/da-xoa/{number}")[0], 200, "it is taken back")
    is_same(open(f"{data}/vi-du-cua-toi.rec").read(), before, "with all that was in it")
    is_same(site.post(f"/da-xoa/{number}")[0], 404, "and only once")


def sheets(site, data):
    file, path = f"{data}/vi-du-cua-toi.rec", "/tep/vi-du-cua-toi/bang/so_lieu"
    before = open(file).read()
    status, _, book = site.raw(path + ".xlsx")
    is_same((status, book[:2]), (200, b"PK"), "a workbook")
    table = site.raw(path + ".csv")[2]
    for content, name in ((book, "a.xlsx"), (table, "a.csv")):
        is_same(site.upload(path, name, content)[0], 200, f"{name} comes back")
        is_same(open(file).read(), before, f"{name} changes nothing")
    status, _, page = site.upload(path, "a.csv", table.replace(b";120;", b";12a;"))
    is_same((status, "B2" in page, open(file).read() == before), (422, True, True), "a mistake at its cell")
    site.upload(path, "a.csv", table.replace(b";120;", b";130;"))
    is_same("gia_tri: 130" in open(file).read(), True, "a new figure")
    is_same(site.upload(path, "a.xlsx", b"PK\3\4hong")[0], 422, "a broken workbook")
    for wrong in ("so_lieu.pdf", "khong_co.csv", "..%2f..csv", "so_lieu"):
        is_same(site.raw("/tep/vi-du-cua-toi/bang/" + wrong)[0], 404, wrong)


def forged(site, _):
    site.token = "khac"
    for path in (
        "/vi-du", "/tep/vi-du-cua-toi/xoa", "/tep/vi-du-cua-toi/doi-ten", "/da-xoa/1",
        "/tep/vi-du-cua-toi/niem-phong", "/tong-hop/phuong~tong-hop/cong",
    ):
        is_same(site.post(path)[0], 403, f"{path} without the token")
    for path in ("/tep/vi-du-cua-toi/bang/so_lieu", "/tong-hop/phuong~tong-hop/tai-len"):
        is_same(site.upload(path, "a.csv", b"a")[0], 403, f"{path} without the token")


def without_printer(site, _):
    site.post("/vi-du")
    status, _, body = site.raw("/tep/vi-du/tai/tat-ca.zip")
    is_same(status, 200, "all forms in a ZIP")
    archive = zipfile.ZipFile(io.BytesIO(body))
    names = archive.namelist()
    is_same([name for name in names if name.endswith(".pdf")], [], "no PDF")
    is_same("vi-du/chua-co-pdf.txt" in names, True, "a word about the PDF")
    is_same("WeasyPrint" in archive.read("vi-du/chua-co-pdf.txt").decode(), True, "what is missing is named")
    is_same(any(name.endswith(".docx") for name in names), True, "the other forms are there")


def serve(program, data, settings, *works):
    environment = {**os.environ, "BAOCAO_TEMPLATES": ROOT + "/Templates", "BAOCAO_LANG": "vi", **settings}
    server = subprocess.Popen(
        [program, data, "--port", "0"], stdout=subprocess.PIPE, text=True, env=environment)
    try:
        site = Site(server.stdout.readline().strip())
        for work in works:
            work(site, data)
    finally:
        server.terminate()
        server.wait()


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT + "/data", folder + "/data")
        serve(program, folder + "/data", {}, collecting, whole_files, sheets, forged)
        os.mkdir(folder + "/empty")
        serve(program, folder + "/empty", {"BAOCAO_WEASYPRINT": "/khong/co"}, without_printer)
    print("the pages of the folder are right")


main()
