"""Measures `baocao site` beside Debian's `hugo`, by default with 10,000 posts.

    python3 Tests/Benchmarks/site.py BAOCAO FOLDER [NUMBER]

Writes the posts into FOLDER, as data files and as the Markdown that `baocao render` makes of such, with five
categories, a topic for the body and one for a person; both programs make a page a post, lists of twenty posts a
page for all, categories, topics and months, and feeds of all and of each category. Then one post is changed, and
the site is made again. Prints seconds, megabytes and the number of files.
"""
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import finding

CATEGORIES = ["Tin tức", "Công tác Đảng", "Chính quyền - Nhân dân", "Mặt trận, đoàn thể", "Gương người tốt, việc tốt"]
WHAT = ["Ra quân tổng vệ sinh môi trường", "Gặp mặt, tặng quà người có công", "Khai giảng lớp bồi dưỡng nghiệp vụ", "Đối thoại với Nhân dân", "Tuyên truyền phòng cháy, chữa cháy"]

LIST = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><header>{{ .Site.Title }}</header>
<main><h1>{{ .Title }}</h1><ul>{{ range (.Paginate .RegularPagesRecursive).Pages }}<li><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p>{{ .Date.Format "02/01/2006" }} <a href="/chuyen-muc/">{{ index .Params.categories 0 }}</a></p><p>{{ .Description }}</p></li>{{ end }}</ul>
<nav>{{ range .Paginator.Pagers }}{{ if le (sub .PageNumber $.Paginator.PageNumber) 2 }}{{ end }}{{ end }}
{{ with .Paginator.Prev }}<a href="{{ .URL }}">Trang trước</a>{{ end }}{{ with .Paginator.Next }}<a href="{{ .URL }}">Trang sau</a>{{ end }}</nav></main></body></html>
"""
SINGLE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{{ .Title }}</title><meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}"><meta property="og:title" content="{{ .Title }}"></head><body><header>{{ .Site.Title }}</header>
<main><h1>{{ .Title }}</h1><p>{{ .Date.Format "02/01/2006 15:04" }}</p>{{ .Content }}<p>{{ .Params.author }}</p>
<ul>{{ range .GetTerms "tags" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
<ul>{{ range first 5 (.Site.RegularPages.Related .) }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</main></body></html>
"""
CONFIG = """baseURL = "https://vidu.example/"
title = "Cổng thông tin điện tử"
languageCode = "vi"
paginate = 20
disableKinds = ["404"]
[taxonomies]
category = "categories"
tag = "tags"
month = "months"
[permalinks]
posts = "/:year/:month/:slug/"
[services.rss]
limit = 20
[related]
[[related.indices]]
name = "tags"
weight = 100
"""


def posts(root, count):
    # Without days and references, which must fit the post.
    values = [
        value for value in finding.prose(root)
        if len(value) > 60 and value[0].isupper() and not any(c.isdigit() or c in "[]:" for c in value)]
    chance = random.Random(1)
    people = [" ".join(map(chance.choice, (finding.FAMILY, finding.MIDDLE, finding.GIVEN))) for _ in range(200)]
    for number in range(count):
        place = chance.choice(finding.PLACES)
        person = chance.choice(people)
        day = (2016 + number % 10, 1 + number // 10 % 12, 1 + number // 120 % 28, 7 + number % 11, number % 60)
        paragraphs = [value.rstrip(".;,") for value in chance.sample(values, 8)]
        paragraphs.insert(1, f"Đồng chí {person}, Bí thư Đảng ủy phường, thay mặt Ủy ban nhân dân phường {place}, đến dự")
        yield {
            "number": number, "place": place, "person": person, "day": day, "category": CATEGORIES[number % 5],
            "title": f"Phường {place}: {chance.choice(WHAT)} đợt {number}", "paragraphs": paragraphs,
            "lead": f"{paragraphs[0]}.",
        }


def slug(text):
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()
    return "-".join(words)


def record(post):
    year, month, day, hour, minute = post["day"]
    lines = [
        "%rec: su_viec", "", f"co_quan: Ủy ban nhân dân phường {post['place']}", "", "%rec: van_ban", "", "mau: tin-bai",
        "the_thuc: trang-tin", f"chuyen_muc: {post['category']}", f"tieu_de: {post['title']}",
        f"ngay_dang: {day:02}/{month:02}/{year} {hour:02}:{minute:02}", f"sapo: {post['lead']}",
    ]
    lines += [f"doan: {text}" for text in post["paragraphs"]]
    lines += [f"tac_gia: {post['person']}", "", "%rec: nguoi", "", f"ho_ten: {post['person']}", "chuc_vu: Bí thư Đảng ủy phường", "vai_tro: du", ""]
    return "\n".join(lines)


def markdown(post):
    year, month, day, hour, minute = post["day"]
    quoted = lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    head = "\n".join([
        "+++", f"title = {quoted(post['title'])}", f"date = {year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00+07:00",
        f"slug = {quoted(slug(post['title']))}", f"description = {quoted(post['lead'])}", f"categories = [{quoted(post['category'])}]",
        f"tags = [{quoted('Ủy ban nhân dân phường ' + post['place'])}, {quoted(post['person'])}]", f"months = [\"{year}-{month:02}\"]",
        f"author = {quoted(post['person'])}", "+++", ""])
    return head + f"**{post['lead']}**\n\n" + "".join(f"{text}.\n\n" for text in post["paragraphs"])


def write(root, folder, count):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    hugo = folder / "hugo"
    (hugo / "content" / "posts").mkdir(parents=True)
    (hugo / "layouts" / "_default").mkdir(parents=True)
    for post in posts(root, count):
        (folder / "data" / f"p{post['number']:05}.rec").write_text(record(post), encoding="utf-8")
        (hugo / "content" / "posts" / f"p{post['number']:05}.md").write_text(markdown(post), encoding="utf-8")
    (hugo / "config.toml").write_text(CONFIG, encoding="utf-8")
    (hugo / "layouts" / "_default" / "list.html").write_text(LIST, encoding="utf-8")
    (hugo / "layouts" / "index.html").write_text(LIST, encoding="utf-8")
    (hugo / "layouts" / "_default" / "single.html").write_text(SINGLE, encoding="utf-8")


def measure(name, command, output):
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if status:
        sys.exit(f"{name}: {errors[:2000]}")
    files = sum(1 for path in output.rglob("*") if path.is_file())
    print(f"{name:28} {seconds:7.2f} s {usage.ru_utime + usage.ru_stime:7.2f} s of processors {usage.ru_maxrss / 1024:7.0f} MB {files:6} files", flush=True)


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
    root = pathlib.Path(__file__).parents[2]
    write(root, folder, count)
    site = folder / "site"
    ours = [program, "site", str(folder / "data"), "-o", str(site), "--jobs", "2", "--base-url", "https://vidu.example"]
    hugo = shutil.which("hugo")
    theirs = [hugo, "-s", str(folder / "hugo"), "-d", str(folder / "public")] if hugo else None
    measure("baocao", ours, site)
    if theirs:
        measure("hugo", theirs, folder / "public")
    for path in (folder / "data" / "p00001.rec", folder / "hugo" / "content" / "posts" / "p00001.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("Đồng chí", "Đ/c", 1), encoding="utf-8")
    measure("baocao, one post changed", ours, site)
    if theirs:
        measure("hugo, one post changed", theirs, folder / "public")


if __name__ == "__main__":
    main()
