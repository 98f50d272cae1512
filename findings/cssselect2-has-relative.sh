#!/bin/sh
# cssselect2 (the selectors of WeasyPrint) reads the argument of `:has()` as one selector for the
# element that the first combinator leads to. Of `h2:has(+ p + table)` it asks whether the element
# behind the h2 is matched by `p + table`, as if that were written for it alone.
#
# So a heading whose paragraph and table follow is not found, and `body:has(> body > h2)`, which no
# document can fulfil, is. In Selectors Level 4 (4.5, relational pseudo-class) the whole argument is
# relative to the element; soupsieve reads it so. No warning is given. With WeasyPrint a style sheet
# for print that works in a browser leaves the heading of a wide table on the upright page;
# `h2:has(+ p:has(+ table))` works there, which a browser refuses.
#
# Seen with cssselect2 0.10.1 (of WeasyPrint 70.0), soupsieve 2.6:
#
#   selector                      cssselect2  soupsieve
#   h2:has(+ p)                   1           1
#   h2:has(+ p + table)           0           1
#   h2:has(+ h2 + p)              1           0
#   body:has(> body > h2)         1           0
#   h2:has(+ p:has(+ table))      1           1
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check \
  cssselect2==0.10.1 tinycss2==1.4.0 tinyhtml5==2.0.0 beautifulsoup4==4.12.3 soupsieve==2.6
"$folder/venv/bin/python3" - <<'PYTHON' | tee "$folder/seen"
import bs4
import cssselect2
import tinyhtml5

page = '<body><h2>Bảng</h2><p>Số liệu</p><table><tr><td>1</td></tr></table></body>'
root = cssselect2.ElementWrapper.from_html_root(
    tinyhtml5.parse(page, namespace_html_elements=False))
soup = bs4.BeautifulSoup(page, 'html.parser')
for selector in ('h2:has(+ p)', 'h2:has(+ p + table)', 'h2:has(+ h2 + p)', 'body:has(> body > h2)',
                 'h2:has(+ p:has(+ table))'):
    found = len(list(root.query_all(selector)))
    print(f'{selector:<30}{found:<12}{len(soup.select(selector))}')
PYTHON
cat >"$folder/wanted" <<'SEEN'
h2:has(+ p)                   1           1
h2:has(+ p + table)           0           1
h2:has(+ h2 + p)              1           0
body:has(> body > h2)         1           0
h2:has(+ p:has(+ table))      1           1
SEEN
diff "$folder/wanted" "$folder/seen"
