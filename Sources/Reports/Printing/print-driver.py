"""Prints pages as PDF for baocao, one after the other, in one process of WeasyPrint.

A message is a row of fields, each its length in decimal digits, a line feed and its bytes.

The program says                        and is answered
    anh COUNT (PATH BYTES)*                 nothing: the pictures that pages may show from now on
    in VARIANT PAGE                         xong TAGGED FONTS LOG PDF, or loi LOG

Before all that this script says `san-sang VERSION TAGS`, or `thieu REASON` where WeasyPrint cannot
be imported. A line of a log is a kind, a tab and a text. Nothing is fetched: pages get the pictures
that they were handed, and `data:` URLs.
"""

import sys

# The folder that the program is run in is no place of modules.
sys.path[:] = [path for path in sys.path if path]

import gc
import logging
import os
import re
import select
import signal
import threading
from unicodedata import normalize
from urllib.parse import unquote

BASE = 'http://baocao.invalid/'

# For versions that know no grid: the two sides of a head and of a signature, side by side.
# Each annex counts its own pages, and does not show the number of its first one. Only WeasyPrint
# knows this selector.
ANNEXES = '''
@page :nth(1 of phu-luc) { counter-reset: page 1; @top-center { content: none !important; } }
@page :nth(1 of phu-luc-ngang) { counter-reset: page 1; @top-center { content: none !important; } }
'''
SIDES = '''
.dau-trai, .so, .ve-viec, .dau-van-ban { float: left; clear: left; width: 44%; }
.dau-phai, .ngay { float: right; width: 54%; }
.so { clear: both; }
.dau::after { content: ""; display: block; clear: both; }
.cuoi { display: table; width: 100%; }
.cuoi > div { display: table-cell; width: 50%; vertical-align: top; }
'''

answers = os.fdopen(os.dup(1), 'wb')
os.dup2(2, 1)
questions = sys.stdin.buffer


def put(*fields):
    for field in fields:
        if isinstance(field, str):
            field = field.encode('utf-8', 'replace')
        answers.write(b'%d\n' % len(field))
        answers.write(field)
    answers.flush()


def get():
    line = questions.readline()
    if not line:
        # The program has no more to print.
        os._exit(0)
    return questions.read(int(line))


def end_with_the_program():
    """Ends this process in the midst of a page too, when the program is no more."""
    poll = select.poll()
    poll.register(0, 0)
    while not any(events & (select.POLLHUP | select.POLLERR) for _, events in poll.poll()):
        pass
    os._exit(0)


# Where a style sheet asks for lines of like lengths, which WeasyPrint does not know.
BALANCED = re.compile(r'([^{}]+)\{[^{}]*text-wrap:\s*(?:balance|pretty)')


def keep_ends_together(element):
    """Lets no line of a title end with less than three words."""
    lines = (element.text or '').split('\n')
    if len(element) or not any(line.count(' ') > 5 for line in lines):
        return
    element.text, last = '', None
    for number, line in enumerate(lines):
        words = line.split(' ')
        start = ' '.join(words[:-3]) + ' ' if len(words) > 6 else line
        start = '\n' + start if number else start
        if last is None:
            element.text += start
        else:
            last.tail = (last.tail or '') + start
        if len(words) > 6:
            last = element.makeelement('span', {'style': 'white-space: nowrap'})
            last.text = ' '.join(words[-3:])
            element.append(last)


class Log(logging.Handler):
    """What WeasyPrint says about a page: losses are errors, what it knows no CSS for is none."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        text = ' '.join(record.getMessage().split())
        if record.levelno >= logging.ERROR:
            kind = 'loi'
            if text.startswith('Failed to load image at ') and len(record.args) == 2:
                kind, text = 'anh', unquote(str(record.args[0]))
            elif text.startswith('Failed to render SVG image'):
                kind, text = 'anh', unquote(str(record.args[0]))
        elif text.startswith('.notdef glyph'):
            kind, text = 'chu', text.rpartition(': ')[2]
        elif os.sep + 'css' in record.pathname:
            return
        else:
            kind = 'luu-y'
        self.add(kind, text)

    def add(self, kind, text):
        line = kind + '\t' + text.replace(BASE, '')
        if line not in self.lines and len(self.lines) < 50:
            self.lines.append(line)


def main():
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=end_with_the_program, daemon=True).start()
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except ModuleNotFoundError as error:
        return put('thieu', 'no module ' + (error.name or '?'))
    except Exception as error:
        return put('thieu', ' '.join(str(error).split())[:200])
    try:
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except ImportError:
        # Before version 68 fetchers are functions.
        URLFetcher = None
    import importlib.util
    from urllib.request import DataHandler, Request

    def has(module):
        try:
            return importlib.util.find_spec('weasyprint.' + module) is not None
        except ModuleNotFoundError:
            return False

    makes_tags, has_grid = has('pdf.tags'), has('layout.grid')
    log = Log()
    logging.getLogger('weasyprint').addHandler(log)
    logging.getLogger('weasyprint').setLevel(logging.WARNING)
    pictures = {}
    reachable = ('#', 'http:', 'https:', 'mailto:', 'tel:')
    kinds = {'svg': 'image/svg+xml', 'jpg': 'image/jpeg'}

    def answer(url, body, mime_type):
        if URLFetcher is None:
            return {'string': body, 'mime_type': mime_type}
        return URLFetcherResponse(url, body, {'Content-Type': mime_type})

    def fetch(url, *arguments, **options):
        if url[:5].lower() == 'data:':
            data = DataHandler().data_open(Request(url))
            return answer(url, data.read(), data.headers.get_content_type())
        path = normalize('NFC', unquote(url[len(BASE):])) if url.startswith(BASE) else None
        if path not in pictures:
            raise ValueError('nothing but pictures of the document is fetched')
        ending = path.rpartition('.')[2].lower()
        return answer(url, pictures[path], kinds.get(ending, 'image/' + ending))

    if URLFetcher is not None:
        class Fetcher(URLFetcher):
            """Gives what it was handed, whichever way it is asked."""
            fetch = open = __call__ = lambda self, *arguments, **options: fetch(*arguments)

        fetcher = Fetcher()
    else:
        fetcher = fetch

    def prepare(html):
        """Makes a page ready: what a PDF cannot follow is no link, short things stay in one line."""
        root = html.etree_element
        for link in root.iter('a'):
            if not link.get('href', '').lower().startswith(reachable):
                link.attrib.pop('href', None)
        for table in root.iter('table'):
            if 'nhieu-cot' in table.get('class', ''):
                continue
            for cell in table.iter('td'):
                # A time or a day: «08 giờ 00 - 08 giờ 10».
                text = cell.text or ''
                if text[:1].isdigit() and len(text) <= 22 and not len(cell):
                    cell.set('style', cell.get('style', '') + '; white-space: nowrap')
        for paragraph in root.iter('p'):
            # What leads to points is not the last line of a page.
            if ''.join(paragraph.itertext()).rstrip().endswith(':'):
                paragraph.set('style', paragraph.get('style', '') + '; break-after: avoid')
        for style in root.iter('style'):
            for selector in BALANCED.findall(re.sub(r'/[*].*?[*]/', '', style.text or '')):
                for found in html.wrapper_element.query_all(selector.strip()):
                    keep_ends_together(found.etree_element)
        for drawing in root.iter('{http://www.w3.org/2000/svg}svg'):
            title = drawing.find('{http://www.w3.org/2000/svg}title')
            if title is None or not (title.text or '').strip():
                log.add('loi', 'an <svg> has no <title>')

    def print_page(variant, page):
        html = weasyprint.HTML(
            string=normalize('NFC', page), base_url=BASE, url_fetcher=fetcher)
        prepare(html)
        seen = {'tagged': False, 'fonts': set()}

        def look_for_overflow(document):
            """Names tables and lines that run over the edge of the paper."""
            for page in document.pages:
                # No public name leads to the boxes; a version without this one is not looked at.
                paper = getattr(page, '_page_box', None)
                if paper is None:
                    return
                edge = paper.width + paper.margin_left + 1
                for box in paper.descendants():
                    tag = getattr(box, 'element_tag', None)
                    if tag not in ('table', 'pre') or not isinstance(box.width, (int, float)):
                        continue
                    if box.position_x + box.border_width() > edge:
                        words = ''.join(box.element.itertext()).split()
                        log.add('tran', ' '.join(words[:8]))

        def look(document, pdf):
            look_for_overflow(document)
            if not (document.metadata.title or '').strip():
                log.add('loi', 'the page has no <title>')
            seen['tagged'] = makes_tags and 'StructTreeRoot' in pdf.catalog
            for item in pdf.objects:
                if isinstance(item, dict) and item.get('Type') == '/Font':
                    name = item.get('BaseFont', b'')
                    name = name.decode() if isinstance(name, bytes) else str(name)
                    seen['fonts'].add(name.rpartition('+')[2].lstrip('/'))

        options = {'pdf_variant': variant} if makes_tags else {}
        styles = ANNEXES if has_grid else ANNEXES + SIDES
        options['stylesheets'] = [weasyprint.CSS(string=styles)]
        pdf = html.write_pdf(font_config=fonts, finisher=look, **options)
        if not html.etree_element.get('lang'):
            log.add('loi', 'the page has no language')
        return seen, pdf

    fonts = FontConfiguration()
    gc.collect()
    gc.freeze()
    put('san-sang', weasyprint.__version__, '1' if makes_tags else '0')
    while True:
        wish = get()
        if wish == b'anh':
            pictures = {}
            for _ in range(int(get())):
                path = normalize('NFC', get().decode())
                pictures[path] = get()
            continue
        variant, page = get().decode(), get().decode()
        log.lines = []
        try:
            seen, pdf = print_page(variant, page)
        except Exception as error:
            log.add('loi', '%s: %s' % (type(error).__name__, ' '.join(str(error).split())[:300]))
        if any(not line.startswith('luu-y') for line in log.lines):
            put('loi', '\n'.join(log.lines))
        else:
            put('xong', '1' if seen['tagged'] else '0', '\n'.join(sorted(seen['fonts'])),
                '\n'.join(log.lines), pdf)


main()
