"""Times files of Word: made by `baocao render --to docx`, and by docxtpl filling an equal document.

usage: python3 Tests/Benchmarks/words.py BAOCAO [DATA.rec [COUNT]]

BAOCAO is a release build, linked -static-executable; python3 has docxtpl (`pip install docxtpl==0.20.2`).
The document is the report of a data file, that of the district with 21 wards if none is named. docxtpl gets
the same file with a place for every text in it, and the texts. Both are started fresh for one document,
five times in turn; then each makes COUNT documents (100) in one process. Printed are processor times, and the
time of the same document as HTML beside it.
"""

import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile

FILL = '''
import json, sys
from docxtpl import DocxTemplate
template, texts, output, count = sys.argv[1], json.load(open(sys.argv[2])), sys.argv[3], int(sys.argv[4])
for number in range(count):
    document = DocxTemplate(template)
    document.render({'t': texts}, autoescape=True)
    document.save(f'{output}/{number}.docx')
'''


def seconds(words):
    """The processor time that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def make_template(source, folder):
    """Writes the document with a place for every text, and the texts."""
    import json
    import re
    from xml.sax.saxutils import unescape

    texts = []

    def place(match):
        texts.append(unescape(match[2]))
        return f'{match[1]}{{{{ t[{len(texts) - 1}] }}}}</w:t>'

    with zipfile.ZipFile(source) as old, zipfile.ZipFile(f'{folder}/template.docx', 'w') as new:
        for name in old.namelist():
            part = old.read(name)
            if name == 'word/document.xml':
                part = re.sub(r'(<w:t(?: [^>]*)?>)([^<]*)</w:t>', place, part.decode()).encode()
            new.writestr(name, part, zipfile.ZIP_DEFLATED)
    json.dump(texts, open(f'{folder}/texts.json', 'w'))
    return len(texts)


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    program = os.path.abspath(sys.argv[1])
    data = sys.argv[2] if len(sys.argv) > 2 else root / 'data/quan-minh-hoa-2024-6-thang.rec'
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    os.environ.setdefault('BAOCAO_TEMPLATES', str(root / 'Templates'))
    with tempfile.TemporaryDirectory() as folder:
        for number in (1, count):
            os.makedirs(f'{folder}/{number}')
            for copy in range(number):
                shutil.copy(data, f'{folder}/{number}/{copy}.rec')

        def ours(number, form):
            kind = ['--mau', 'so-ket'] if 'mau: so-ket' in pathlib.Path(data).read_text() else []
            return [program, 'render', f'{folder}/{number}', '--to', form, *kind, '--jobs', '1',
                    '--output', f'{folder}/out']

        seconds(ours(1, 'docx'))
        made = next(pathlib.Path(folder, 'out').rglob('*.docx'))
        places = make_template(made, folder)
        os.mkdir(f'{folder}/theirs')

        def theirs(number):
            return [sys.executable, '-c', FILL, f'{folder}/template.docx', f'{folder}/texts.json',
                    f'{folder}/theirs', str(number)]

        fresh = [(seconds(ours(1, 'docx')), seconds(theirs(1))) for _ in range(5)]
        one = [statistics.median(times) for times in zip(*fresh)]
        html = statistics.median(seconds(ours(count, 'html')) for _ in range(3))
        many = statistics.median(seconds(ours(count, 'docx')) for _ in range(3)), seconds(theirs(count))
    print(f'{made.name} with {places} texts\n')
    print('| what | `baocao` | docxtpl | ours of it |')
    print('| --- | ---: | ---: | ---: |')
    print(f'| one, started fresh | {one[0]:.3f} s | {one[1]:.3f} s | 1/{one[1] / one[0]:.0f} |')
    print(f'| {count} in one process | {many[0]:.2f} s | {many[1]:.2f} s | 1/{many[1] / many[0]:.0f} |')
    print(f'\nThe same {count} as HTML: {html:.2f} s; files of Word take {many[0] / html:.1f} times as long.')


main()
