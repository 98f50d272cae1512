"""Reads files of Word with python-docx, and the Markdown beside each: the same words, headings and
rows of tables, heads that are repeated, and a style for every paragraph."""
import collections, os, re, sys
import docx
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

TITLES = {"TenLoai", "TieuDe"}
HEADINGS = {"MucI", "Khoan", "DeGiua", "DeGiuaNghieng", "TenPhuLuc"}
WORD = re.compile(r"\w+")


def words(text):
    return WORD.findall(text.casefold())


def inline_text(token):
    """What a reader sees: no markup, and no description of a picture."""
    return "".join(
        child.content if child.type in ("text", "code_inline")
        else " " if child.type in ("softbreak", "hardbreak")
        else " " if child.type == "html_inline" and child.content.startswith("<br") else ""
        for child in token.children)


def is_in_table(tokens, index):
    kinds = [t.type for t in tokens[:index + 1] if t.type in ("table_open", "table_close")]
    return bool(kinds) and kinds[-1] == "table_open"


def read_markdown(path):
    with open(path, encoding="utf-8") as file:
        tokens = MarkdownIt("commonmark").enable("table").parse(file.read())
    texts, headings, rows = [], [], []
    is_hidden = False
    for index, token in enumerate(tokens):
        # The table of a chart that is shown by the chart alone.
        if token.type == "html_block":
            is_hidden = "an-bang" in token.content
        if is_hidden and token.type == "table_close":
            is_hidden = False
        if is_hidden and token.level > 0 and is_in_table(tokens, index):
            continue
        if token.type == "tr_open":
            rows.append([])
        if token.type != "inline":
            continue
        text = inline_text(token)
        opening = tokens[index - 1]
        texts.append(text)
        if opening.type == "heading_open":
            headings.append(words(text))
        if opening.type in ("th_open", "td_open"):
            rows[-1].append(words(text))
    return collections.Counter(words(" ".join(texts))), headings, rows


def read_word(path):
    document = docx.Document(path)
    body = document.element.body
    names = {style.style_id for style in document.styles}
    texts, headings, rows, has_title = [], [], [], False
    for paragraph in body.iter(qn("w:p")):
        style = paragraph.pPr.pStyle.val if paragraph.pPr is not None else None
        assert style in names, (path, style)
        text = "".join(
            piece.text or "" if piece.tag == qn("w:t") else " "
            for piece in paragraph.iter(qn("w:t"), qn("w:br")))
        texts.append(text)
        has_title = has_title or style in TITLES
        if style in HEADINGS:
            headings.append(words(text))
    for table in document.tables:
        if not table._tbl.tblPr.style.startswith("Bang"):
            continue
        first = table._tbl.tr_lst[0]
        assert first.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None, path
        for row in table._tbl.tr_lst:
            assert row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None, path
            rows.append([words("".join(t.text or "" for t in cell.iter(qn("w:t"))))
                         for cell in row.tc_lst])
    for paragraph in document.sections[0].first_page_footer.paragraphs:
        texts.append(paragraph.text)
    core = document.core_properties
    assert core.title and core.language == "vi-VN", path
    return collections.Counter(words(" ".join(texts))), headings, rows, has_title


def main(folder):
    bad = 0
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".docx"):
            continue
        path = os.path.join(folder, name)
        own, wanted = read_word(path), read_markdown(path + ".md")
        if own[0] != wanted[0]:
            bad += 1
            print(name, "more:", dict(own[0] - wanted[0]), "less:", dict(wanted[0] - own[0]))
        headings = wanted[1][1 if own[3] else 0:]
        if own[1] != headings:
            bad += 1
            print(name, "headings:", own[1], headings)
        # A merged cell is one in Word, and in Markdown empty cells beside it.
        filled = [[[cell for cell in row if cell] for row in rows] for rows in (own[2], wanted[2])]
        if filled[0] != filled[1]:
            bad += 1
            print(name, "rows:", [r for r in zip(*filled) if r[0] != r[1]][:3])
    return bad


sys.exit(1 if main(sys.argv[1]) else 0)
