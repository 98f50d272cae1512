"""Measures the pages that LibreOffice made of files of Word, against Templates/layouts/the-thuc.rec: within
a millimetre and half a point."""
import os, re, sys
import pdfplumber

FOLDER, PROFILES = sys.argv[1], sys.argv[2]
MM = 72 / 25.4
problems = []


def profiles():
    with open(PROFILES, encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            fields = dict(re.findall(r"^([a-z_]+): (.*)$", block, re.M))
            if "ten" in fields:
                yield fields["ten"], fields


def expect(what, found, wanted, tolerance):
    if abs(found - wanted) > tolerance:
        problems.append(f"{what}: {found:.2f}, not {wanted:.2f}")


def line_of(page, text):
    for line in page.extract_text_lines(return_chars=True):
        if text in line["text"]:
            # Of two columns beside each other, the letters of the text alone.
            start = line["text"].index(text)
            letters = [c for c in line["chars"] if c["text"] != " "]
            before = len(line["text"][:start].replace(" ", ""))
            return letters[before:before + len(text.replace(" ", ""))]
    return None


def measure(name, pages, profile):
    left, right = float(profile["le_trai"]), float(profile["le_phai"])
    top, bottom = float(profile["le_tren"]), float(profile["le_duoi"])
    fonts = set()
    for number, page in enumerate(pages, 1):
        what = f"{name}, page {number}"
        width, height = page.width / MM, page.height / MM
        expect(what + " width", min(width, height), 210, 0.1)
        expect(what + " height", max(width, height), 297, 0.1)
        letters = [c for c in page.chars if c["text"] != " "]
        fonts |= {c["fontname"].split("+")[-1].split("-")[0] for c in letters}
        heads = [c for c in letters if c["bottom"] < top * MM]
        text = [c for c in letters if c not in heads]
        expect(what + " left", max(0, left - min(c["x0"] for c in text) / MM), 0, 1)
        expect(what + " right", max(0, max(c["x1"] for c in text) / MM - width + right), 0, 1)
        expect(what + " bottom", max(0, max(c["bottom"] for c in text) / MM - height + bottom), 0, 1)
        # A heading or a name of a table has some room above it.
        expect(what + " top", min(c["top"] for c in text) / MM, top + 1, 2)
        if number == 1:
            expect(what + " page number", len(heads), 0, 0)
            continue
        if not heads:
            continue
        middle = (min(c["x0"] for c in heads) + max(c["x1"] for c in heads)) / 2 / MM
        expect(what + " middle of its number", middle, left + (width - left - right) / 2, 1)
        expect(what + " place of its number", heads[0]["top"] / MM, float(profile["so_trang_cach"]), 1)
        expect(what + " size of its number", heads[0]["size"], float(profile["co_so_trang"]), 0.5)
    if not fonts <= {"LiberationSerif", "Tinos", "TimesNewRomanPSMT", "TimesNewRoman"}:
        problems.append(f"{name}: fonts {fonts}")
    measure_head(name, pages[0], profile)


def measure_head(name, page, profile):
    title = profile.get("tieu_ngu") or profile["tieu_de"]
    size = float(profile["co_tieu_ngu" if "tieu_ngu" in profile else "co_tieu_de"])
    letters = line_of(page, title)
    if letters is None:
        return problems.append(f"{name}: no «{title}»")
    expect(name + " size of the motto", letters[0]["size"], size, 0.5)
    x0, x1 = min(c["x0"] for c in letters), max(c["x1"] for c in letters)
    below = max(c["bottom"] for c in letters)
    rules = [r for r in page.lines + page.rects if -3 < r["top"] - below < 3 * MM and r["x0"] > x0 - 20]
    if not rules:
        return problems.append(f"{name}: no line below the motto")
    rule = rules[0]
    expect(name + " line below the motto, left", rule["x0"] / MM, x0 / MM, 1)
    expect(name + " line below the motto, right", rule["x1"] / MM, x1 / MM, 1)
    kind = [c for line in page.extract_text_lines(return_chars=True)
            if line["text"] in ("QUYẾT ĐỊNH", "BÁO CÁO") for c in line["chars"]]
    if not kind:
        return problems.append(f"{name}: no name of its kind")
    expect(name + " size of its kind", kind[0]["size"], float(profile["co_ten_loai"]), 0.5)
    middle = (kind[0]["x0"] + kind[-1]["x1"]) / 2 / MM
    left, right = float(profile["le_trai"]), float(profile["le_phai"])
    expect(name + " middle of its kind", middle, left + (210 - left - right) / 2, 1)


def measure_pitch(name, page, profile):
    """The distance of lines within a paragraph of the body."""
    spacing = profile["gian_dong"]
    wanted = (float(spacing[:-1]) / 100 * float(profile["co_chu"]) if spacing.endswith("%")
              else float(spacing.removesuffix("pt")))
    lines = [l for l in page.extract_text_lines() if l["chars"][0]["size"] == float(profile["co_chu"])]
    steps = [b["chars"][0]["bottom"] - a["chars"][0]["bottom"] for a, b in zip(lines, lines[1:])
             if abs(b["x0"] / MM - float(profile["le_trai"])) < 0.5]
    if not steps:
        return problems.append(f"{name}: no paragraph of two lines")
    expect(name + " distance of lines", min(steps), wanted, 0.5)


def main():
    known = dict(profiles())
    for file in sorted(os.listdir(FOLDER)):
        if not file.endswith(".pdf"):
            continue
        profile = known["dang-2026" if file.startswith("dang") else "nha-nuoc-2020"]
        with pdfplumber.open(os.path.join(FOLDER, file)) as pdf:
            measure(file, pdf.pages, profile)
            measure_pitch(file, pdf.pages[0], profile)
            texts = [page.extract_text() for page in pdf.pages]
        signed = [t for t in texts if "Nơi nhận" in t]
        if len(signed) != 1 or not re.search(r"KT\. |CHỦ TỊCH|T/M ", signed[0]):
            problems.append(f"{file}: the signature is parted")
        elif len(signed[0].split("Nơi nhận")[0].strip().splitlines()) < 2:
            problems.append(f"{file}: the signature stands alone on its page")
        if file.startswith("quan-minh-hoa"):
            heads = [t for t in texts if re.search(r"^TT |\nTT |Đơn vị", t)]
            if len(heads) < 3:
                problems.append(f"{file}: heads of tables are not repeated")
    print("\n".join(problems))
    return 1 if problems else 0


sys.exit(main())
