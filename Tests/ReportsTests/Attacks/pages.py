"""Reads pages with an HTML parser and tells where attacked data became more than text.

Reads a list of jobs as JSON from standard input, each {"title", "harmless", "attacked", "values":
[[harmless value, attack], …], "isProse"}: two pages that should differ only in these values. Answers
with a list of messages, one for each job that is not as it should be.

In a job of prose the page may have more elements, those that Markdown makes; none of them may run
or load anything.
"""

import json
import sys

from selectolax.lexbor import LexborHTMLParser

PROSE = {
    "p", "em", "strong", "code", "pre", "ul", "ol", "li", "br", "hr", "blockquote", "a", "img",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}
PROSE_ATTRIBUTES = {"href", "src", "alt", "title", "align", "start", "class", "scope"}


def one_line(text):
    return text and " ".join(text.split())


def texts(value):
    """The texts of a JSON value, in their order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [item for pair in value.items() for item in pair]
    return [t for item in value for t in texts(item)] if isinstance(value, list) else []


def pieces(html):
    """The page's elements with their depth and attributes, and the text between them.

    A line break is a blank of the text; their number follows it. JSON for search engines counts as its
    texts, and the spans that keep a name on one line, where data agree, as nothing.
    """
    found = []
    text = []
    depths = {}

    def end_text():
        words = one_line("".join(text))
        if words:
            found.append(words)
        if "\n\r" in text:
            found.append(("br", text.count("\n\r"), ()))
        text.clear()

    for node in LexborHTMLParser(html).root.traverse(include_text=True):
        if node.parent and node.parent.tag == "script":
            continue
        if node.tag == "-text":
            text.append(node.text_content or "")
            continue
        if node.tag == "br":
            text.append("\n\r")
            continue
        end_text()
        depth = depths.get(node.parent.mem_id, 0) + 1 if node.parent else 0
        depths[node.mem_id] = depth
        # The size of a wide table's letters follows from its words.
        attributes = [(n, v) for n, v in (node.attributes or {}).items()
                      if not (node.tag == "table" and n == "style")]
        found.append((depth, node.tag, tuple(sorted((n, one_line(v)) for n, v in attributes))))
        if node.tag == "script":
            found.extend(one_line(t) for t in texts(json.loads(node.text(deep=True))))
    end_text()
    return found


def attacked(piece, values):
    """What a piece of the harmless page should have become."""
    if isinstance(piece, tuple):
        depth, tag, attributes = piece
        return depth, tag, tuple((n, v and attacked(v, values)) for n, v in attributes)
    for harmless, attack in values:
        piece = piece.replace(harmless, attack)
    return piece


def cut(piece, other):
    """The part of a text where it begins to be another."""
    if not isinstance(piece, str) or not isinstance(other, str):
        return piece
    same = 0
    while piece[: same + 1] == other[: same + 1] and same < len(piece):
        same += 1
    return piece[max(0, same - 40) : same + 40]


def as_compared(piece):
    """A text but for its case, as templates write some in capitals, and for a stop behind "…"."""
    return piece.casefold().replace("….", "…") if isinstance(piece, str) else piece


def difference(job):
    values = [[one_line(v) for v in pair] for pair in job["values"]]
    expected = [attacked(piece, values) for piece in pieces(job["harmless"])]
    found = pieces(job["attacked"])
    for one, other in zip(expected, found):
        if as_compared(one) != as_compared(other):
            return f"{cut(other, one)!r} in place of {cut(one, other)!r}"
    if len(expected) != len(found):
        return f"{len(found)} pieces in place of {len(expected)}"
    return None


def foreign(job):
    own = [piece[1:] for piece in pieces(job["harmless"]) if isinstance(piece, tuple)]
    for piece in pieces(job["attacked"]):
        if not isinstance(piece, tuple) or piece[1:] in own:
            continue
        _, tag, attributes = piece
        names = {name for name, _ in attributes}
        links = [v or "" for n, v in attributes if n in ("href", "src")]
        unsafe = ("javascript:", "vbscript:", "data:", "file:")
        if tag not in PROSE or names - PROSE_ATTRIBUTES:
            return f"{piece!r}"
        if any("".join(link.split()).lower().startswith(unsafe) for link in links):
            return f"{piece!r}"
    return None


failures = []
for job in json.load(sys.stdin):
    message = foreign(job) if job["isProse"] else difference(job)
    if message:
        failures.append(f"{job['title']}: {message}")
json.dump(failures, sys.stdout, ensure_ascii=False)
