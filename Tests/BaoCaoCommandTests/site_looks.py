# The pages of a site in a real Chromium: axe-core, light and dark, at the width of a desk and of a small
# telephone; what goes beyond the page; what is asked of elsewhere. `site_looks.py FOLDER ADDRESS` prints a line
# for each fault, then the number of pages; FOLDER is the site that stands under ADDRESS.
import mimetypes, os, pathlib, shutil, sys
import axe_playwright_python
from playwright.sync_api import sync_playwright

AXE = os.path.join(os.path.dirname(axe_playwright_python.__file__), 'axe.min.js')
WIDE = '''() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  ? [...document.querySelectorAll('body *')].filter(o =>
      o.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .slice(0, 2).map(o => o.outerHTML.slice(0, 100)).join('; ') || 'something' : \'\''''
SERIOUS = '''() => axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`))'''


def chosen(root):
    """The pages, of the many that are made alike three each."""
    alike, kept = {}, []
    for page in sorted(root.rglob('*.html')):
        parts = page.relative_to(root).parts
        kind = (parts[0] if not parts[0].isdigit() else 'year', len(parts))
        alike[kind] = alike.get(kind, 0) + 1
        if alike[kind] <= 3:
            kept.append('/'.join(parts).removesuffix('index.html'))
    return kept


def main():
    root, address = pathlib.Path(sys.argv[1]), sys.argv[2].rstrip('/')
    faults, pages = [], chosen(root)

    def answer(route):
        url = route.request.url.split('?')[0].split('#')[0]
        path = root / url.removeprefix(address).lstrip('/')
        path = path / 'index.html' if path.is_dir() else path
        if not url.startswith(address + '/') or not path.is_file():
            faults.append(f'{url} is asked for')
            return route.abort()
        route.fulfill(body=path.read_bytes(), content_type=mimetypes.guess_type(path.name)[0] or 'text/plain')

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which('chromium'), args=['--no-sandbox', '--disable-gpu'])
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.on('pageerror', lambda error: faults.append(f'{page.url}: {error}'))
        page.route('**/*', answer)
        for name in pages:
            for scheme, width in (('light', 1280), ('dark', 360)):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({'width': width, 'height': 900})
                page.goto(f'{address}/{name}')
                page.add_script_tag(path=AXE)
                found = page.evaluate(SERIOUS) + [f'too wide: {what}' for what in [page.evaluate(WIDE)] if what]
                faults += [f'{name} {scheme} {width}: {what}' for what in found]
        browser.close()
    print(*faults, len(pages), sep='\n')


main()
