"""Reads PDFs back for the tests of printing: what stands where, in what letters.

For each file: `info LANGUAGE TAGGED FORM TITLE`, `page NUMBER WIDTH HEIGHT`, `text NUMBER X0 X1 TOP BOTTOM SIZE FONT TEXT` for each run
of letters of one font and size in a line, and `rule NUMBER X0 X1 TOP BOTTOM` for each line that is
drawn and each frame, with tabs between and all lengths in points from the top left corner.
"""

import sys

import pdfplumber

for path in sys.argv[1:]:
    print('file', path, sep='\t')
    with pdfplumber.open(path) as pdf:
        catalog = pdf.doc.catalog
        language = catalog.get('Lang', b'')
        tagged = 'StructTreeRoot' in catalog and bool(catalog.get('MarkInfo', {}).get('Marked'))
        metadata = pdfplumber.utils.resolve(catalog.get('Metadata'))
        said = metadata.get_data() if metadata else b''
        form = 'ua' if b'pdfuaid' in said else 'a' if b'pdfaid' in said else ''
        print('info', language.decode() if isinstance(language, bytes) else language, tagged, form,
              pdf.metadata.get('Title', ''), sep='\t')
        for number, page in enumerate(pdf.pages, 1):
            print('page', number, page.width, page.height, sep='\t')
            runs = page.extract_words(
                keep_blank_chars=True, x_tolerance=6, y_tolerance=1, use_text_flow=True,
                extra_attrs=['fontname', 'size'])
            for run in runs:
                places = [round(run[key], 3) for key in ('x0', 'x1', 'top', 'bottom', 'size')]
                font = run['fontname'].rpartition('+')[2]
                print('text', number, *places, font, run['text'].strip(), sep='\t')
            for drawn in page.rects + page.lines:
                places = [round(float(drawn[key]), 3) for key in ('x0', 'x1', 'top', 'bottom')]
                print('rule', number, *places, sep='\t')
