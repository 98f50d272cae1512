# What people do with the office's page, in a real Chromium, with a script and without: prints a line of
# JSON for each scenario. `browser.py PROGRAM [part of a name]…`; `browser.py --names` prints the names.
import io, shutil, sys, zipfile
from contextlib import contextmanager
from office import *

SMALL = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'so-ket.rec'), encoding='utf-8').read()
AUTHOR = 'Nguyễn Văn A'
# One document with a picture beside the file.
NEWS = SMALL[:SMALL.index('%rec: van_ban')].replace('ky_toi', 'ngay_hop: 26/6/2026\nhoi_nghi: hội nghị sơ kết\nky_toi') + '''%rec: van_ban

mau: tin-bai
the_thuc: trang-tin
chuyen_muc: Tin tức
tieu_de: Phường Ví Dụ sơ kết thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026
ngay_dang: 28/6/2026 17:03
tac_gia: Nguyễn Văn A

%rec: ket_qua

muc: quan_triet
noi_dung: Phường đã phổ biến Luật Thực hiện dân chủ ở cơ sở tới cán bộ, công chức và Nhân dân

%rec: anh

tap_tin: anh/hoi-truong.svg
chu_thich: Toàn cảnh hội nghị
mo_ta: Hội trường có nhiều người ngồi
vi_tri: dau
'''
SAVED, OFFLINE, NO_PROBLEM, READY = 'Đã lưu', 'Chưa lưu được', 'Không có lỗi', 'sẵn sàng'


class Window:
    """A browser that came in, with the page that it shows."""

    def __init__(self, context, office, script=True, height=900):
        self.context, self.office, self.script, self.complaints = context, office, script, []
        self.page = context.new_page()
        self.page.set_viewport_size({'width': 1280, 'height': height})
        self.page.on('console', self.note)
        self.page.on('pageerror', lambda error: self.complaints.append(str(error)))
        # A page that has something unsaved asks before it is left.
        self.page.on('dialog', lambda dialog: dialog.accept())

    def note(self, message):
        # A document that stands alone in the browser has no icon to ask for.
        if message.type == 'error' and not message.location['url'].endswith('/favicon.ico'):
            self.complaints.append(f'{message.text} {message.location["url"]}')

    def go(self, path):
        self.page.goto(self.office.base_address + path)

    def section(self, file, section):
        self.go(f'/tep/{file}/muc/{section}')

    def field(self, name, record=0, value=0):
        return self.page.locator(f'#bieu-mau [name="r.{record}.{name}"]').nth(value)

    def click(self, target):
        if self.script:
            target.click()
        else:
            # Nothing can wait there until a page stands still, which scrolls to its place once it is read: a
            # click beside the target is lost. A key goes to the target wherever it stands.
            target.press('Enter')

    def button(self, name):
        self.click(self.page.locator('main').get_by_role('button', name=re.compile(f'^{name}')).first)

    def show(self, field):
        """Opens the further fields of a record where the field is one of them."""
        box = field.locator('xpath=ancestor::details[1]')
        if box.count() and box.get_attribute('open') is None:
            self.click(box.locator('summary').first)

    def fill(self, name, text, record=0, value=0):
        field = self.field(name, record, value)
        self.show(field)
        if field.evaluate('o => o.tagName') == 'SELECT':
            field.select_option(text)
        else:
            field.fill(text)

    def save(self, button='ghi'):
        self.click(self.page.locator(f'#bieu-mau button[name="lam"][value="{button}"]'))
        if self.script:
            self.until('it is saved', lambda: self.page.locator('#trang-thai').inner_text() == SAVED)

    def until(self, what, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f'not within {seconds} s: {what}')
            self.page.wait_for_timeout(25)

    def messages(self, name, record=0):
        """What stands at a field: its messages, as one text."""
        place = self.page.locator(f'.ban-ghi[data-ban-ghi="{record}"] [data-truong="{name}"] .mo-ta'
                                  ' > :is(.loi, .thieu)')
        return ' / '.join(place.all_inner_texts())

    def text(self):
        return self.page.locator('main').inner_text()

    def end(self):
        self.page.close()


def come_in(browser, office, script=True):
    """A browser that came in, in which windows are opened."""
    context = browser.new_context(
        java_script_enabled=script, accept_downloads=True, locale='vi-VN',
        permissions=['clipboard-read', 'clipboard-write'])
    context.set_default_timeout(60_000)
    context.add_cookies([{
        'name': 'baocao', 'value': office.session, 'url': office.base_address, 'httpOnly': True,
        'sameSite': 'Strict'}])
    return context


class Scenes:
    """All scenarios; each has files of its own in one folder."""

    def __init__(self, browser, office):
        self.office, self.count = office, 0
        self.contexts = {script: come_in(browser, office, script) for script in (True, False)}

    @contextmanager
    def window(self, script, may_complain=False, height=900):
        window = Window(self.contexts[script], self.office, script, height)
        try:
            yield window
            expect(may_complain or not window.complaints, f'the browser complains: {window.complaints[:3]}')
        finally:
            self.office.check_runs()
            window.end()

    def file(self, text=SMALL):
        self.count += 1
        name = f'tep-{self.count}'
        self.office.write(f'{name}.rec', text)
        return name

    def has(self, file, line):
        return f'\n{line}\n' in '\n' + self.office.read(f'{file}.rec') + '\n'

    def expect_line(self, window, file, line):
        window.until(f'the file has «{line}»', lambda: self.has(file, line))

    def expect_ready(self, window, file, *words):
        window.go(f'/tep/{file}/kiem-tra')
        expect(NO_PROBLEM in window.text(), f'there are problems: {window.text()[:600]}')
        window.go(f'/tep/{file}/xem/so-ket')
        text = window.page.locator('body').inner_text()
        for word in words:
            expect(word in text, f'the document does not have «{word}»: {text[:300]}')

    # ---- Reports

    def report_from_nothing(self, script):
        with self.window(script) as window:
            window.go('/')
            window.click(window.page.get_by_role('link', name='Lập tệp mới').first)
            window.page.get_by_label('Báo cáo sơ kết').check(force=not script)
            window.page.locator('#ky').fill('6 tháng đầu năm 2026')
            name = f'Báo cáo mới {"có" if script else "không"} script'
            window.page.locator('#ten').fill(name)
            window.button('Lập')
            file = window.page.url.split('/tep/')[1].split('/')[0]
            expect(file == f'bao-cao-moi-{"co" if script else "khong"}-script', f'the file is named {file}')
            sections = {
                'su_viec': {
                    'co_quan': 'Ban Chỉ đạo thực hiện dân chủ ở cơ sở phường Ví Dụ', 'co_quan_tat': 'Ban Chỉ đạo',
                    'dia_ban': 'phường Ví Dụ', 'cong_viec': 'thực hiện Quy chế dân chủ (QCDC) ở cơ sở',
                    'ky_toi': '6 tháng cuối năm 2026'},
                'van_ban': {
                    'the_thuc': 'nha-nuoc-2020', 'co_quan_ban_hanh': 'ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ',
                    'ky_hieu': 'BC-UBND', 'dia_danh': 'Ví Dụ', 'ngay_ban_hanh': '28/6/2026',
                    'trich_yeu': 'Kết quả thực hiện Quy chế dân chủ ở cơ sở 6 tháng đầu năm 2026; phương hướng, '
                                 'nhiệm vụ 6 tháng cuối năm 2026',
                    'quyen_han': 'TM. ỦY BAN NHÂN DÂN', 'chuc_vu_ky': 'CHỦ TỊCH', 'nguoi_ky': AUTHOR,
                    'noi_nhan': 'Thường trực Đảng ủy phường', 'luu': 'VT'},
                'ket_qua': {
                    'muc': 'quan_triet',
                    'noi_dung': 'Phường đã phổ biến Luật Thực hiện dân chủ ở cơ sở tới cán bộ, công chức'},
                'nhiem_vu': {'noi_dung': 'Thống nhất mẫu niêm yết công khai tại các tổ dân phố'},
            }
            for section, fields in sections.items():
                window.click(window.page.locator(f'.cac-muc a[data-muc="{section}"]'))
                window.page.wait_for_url(f'**/muc/{section}')
                for field, text in fields.items():
                    window.fill(field, text)
                window.save()
                for field, text in fields.items():
                    self.expect_line(window, file, f'{field}: {text}')
            self.expect_ready(window, file, 'phổ biến Luật Thực hiện dân chủ', 'Thống nhất mẫu niêm yết', AUTHOR)
            window.go('/')
            row = window.page.locator('tr', has=window.page.locator(f'a[href="/tep/{file}"]'))
            window.until('the list shows it', lambda: row.count() or window.page.reload() and None)
            expect(READY in row.inner_text(), f'the list says {row.inner_text()}')

    def report_from_last_period(self, script):
        file = self.file(SMALL.replace('2026', '2025'))
        with self.window(script) as window:
            window.go(f'/tep/{file}')
            window.click(window.page.get_by_role('link', name='Tệp kỳ sau'))
            expect(window.page.locator('#tu').input_value() == file, 'the last file is not chosen')
            window.page.locator('#ky').fill('6 tháng đầu năm 2026')
            window.page.locator('#ten').fill(f'{file} kỳ sau')
            window.button('Lập')
            new = window.page.url.split('/tep/')[1].split('/')[0]
            expect(new == f'{file}-ky-sau', f'the file is named {new}')
            expect(self.has(new, 'co_quan_tat: Ban Chỉ đạo'), 'the office is not taken over')
            window.section(new, 'so_lieu')
            expect(window.field('chi_tieu').input_value() == 'Đơn đã nhận', 'the figure is not taken over')
            place = window.page.locator('.ban-ghi[data-ban-ghi="0"] [data-truong="gia_tri"]')
            expect('Kỳ trước: 1.400' in place.inner_text(), f'last value: {place.inner_text()}')
            window.fill('gia_tri', '1.500')
            window.fill('gia_tri', '1.450', record=1)
            if script:
                window.until('the change is shown', lambda: 'tăng 7,1%' in place.inner_text())
            window.save()
            self.expect_line(window, new, 'gia_tri: 1.500')
            self.expect_line(window, new, 'ky_truoc: 1.400')

    # ---- A table of a sheet

    def open_pasting(self, window):
        box = window.page.locator('details.dan')
        if box.get_attribute('open') is None:
            window.click(box.locator('summary'))

    def paste_without_header(self, script):
        file = self.file()
        with self.window(script) as window:
            window.section(file, 'so_lieu')
            self.open_pasting(window)
            window.page.locator('#bang').fill('Lượt công dân được tiếp\t1.268\tlượt\nCuộc hòa giải thành\t57\tcuộc\n')
            window.button('Đưa vào')
            expect(window.field('chi_tieu', 2).input_value() == 'Lượt công dân được tiếp', 'no third record')
            expect(window.field('gia_tri', 3).input_value() == '57', 'no fourth record')
            expect(self.has(file, 'chi_tieu: Đơn đã nhận'), 'a record is lost')
            expect(self.has(file, 'don_vi: lượt'), 'a unit is not saved')

    def paste_with_header(self, script):
        file = self.file()
        with self.window(script) as window:
            window.section(file, 'so_lieu')
            self.open_pasting(window)
            table = ('Đơn vị tính\tGiá trị\tChỉ tiêu, như ghi trong bảng\r\n'
                     'lượt\t1.268\t"Lượt công dân\nđược tiếp"\r\ncuộc\t57\t"Cuộc ""hòa giải"""\r\n')
            if script:
                # From the clipboard into a field: it goes to where tables are taken.
                window.page.evaluate('text => navigator.clipboard.writeText(text)', table)
                window.field('chi_tieu').click()
                window.page.keyboard.press('Control+V')
                window.until('the table is taken', lambda: '1.268' in window.page.locator('#bang').input_value())
                expect(window.field('chi_tieu').input_value() == 'Đơn đã nhận', 'the table goes into the field')
            else:
                window.page.locator('#bang').fill(table)
            window.page.get_by_label('Thay cho các bản ghi đang có').check(force=not script)
            window.button('Đưa vào')
            window.until('the new records are shown', lambda: window.field('gia_tri', 0).input_value() == '1.268')
            expect(window.field('don_vi', 0).input_value() == 'lượt', 'the columns are not told by the header')
            expect(window.field('chi_tieu', 0).input_value().split() == 'Lượt công dân được tiếp'.split(),
                   f'a cell of two lines is {window.field("chi_tieu", 0).input_value()!r}')
            expect(window.field('chi_tieu', 1).input_value() == 'Cuộc "hòa giải"', 'quotes of a sheet stay')
            expect(not self.has(file, 'chi_tieu: Đơn đã nhận'), 'the old records stay')
            expect(window.field('chi_tieu', 2).count() == 0, 'there are more records than rows')

    # ---- Mistakes

    def five_mistakes(self, script):
        file = self.file(SMALL.replace('muc: quan_triet', 'muc: quan_trietj').replace('dia_danh: Ví Dụ\n', ''))
        mistakes = [  # section, field, record, what is typed, the code, and what is right
            ('van_ban', 'dia_danh', 0, None, 'R201', 'Ví Dụ'),
            ('van_ban', 'ngay_ban_hanh', 0, '31/6/2026', 'V002', '28/6/2026'),
            ('ket_qua', 'muc', 0, None, 'R209', 'quan_triet'),
            ('so_lieu', 'gia_tri', 0, '1,400', 'V011', '1.400'),
        ]
        with self.window(script) as window:
            for section, field, record, wrong, code, _ in mistakes:
                window.section(file, section)
                if wrong:
                    window.fill(field, wrong, record)
                    window.save()
                window.until(f'{code} is shown at {field}', lambda: code in window.messages(field, record))
                # What was never filled in is no mistake yet.
                marked = window.field(field, record).get_attribute('aria-invalid') == 'true'
                expect(marked or code == 'R201', f'{field} is not marked')
            window.go(f'/tep/{file}/kiem-tra')
            items = window.page.locator('.van-de li.loi')
            expect(items.count() == len(mistakes), f'{items.count()} mistakes are listed: {items.all_inner_texts()}')
            for section, field, record, _, code, right in mistakes:
                window.go(f'/tep/{file}/kiem-tra')
                link = window.page.locator('.van-de li.loi', has_text=code).locator('a')
                expect(link.count() == 1, f'{code} has no link')
                window.click(link)
                place = window.page.url.split('#')[1]
                expect(window.field(field, record).get_attribute('id') == place, f'{code} leads to {place}')
                self.right(window, file, section, field, record, right)
            # A part larger than the whole is looked for when the rest is right.
            window.section(file, 'so_lieu')
            window.fill('gia_tri', '1.500', 1)
            window.save()
            window.until('K101 is shown', lambda: 'K101' in window.messages('gia_tri', 1))
            self.right(window, file, 'so_lieu', 'gia_tri', 1, '1.300')
            self.expect_ready(window, file)

    def right(self, window, file, section, field, record, text):
        window.fill(field, text, record)
        window.save()
        self.expect_line(window, file, f'{field}: {text}')
        window.until('the message goes', lambda: window.messages(field, record) == '')

    def messages_while_typing(self):
        file = self.file()
        with self.window(True) as window:
            window.section(file, 'van_ban')
            window.field('ngay_ban_hanh').click()
            window.field('ngay_ban_hanh').press('End')
            for _ in range(9):
                window.page.keyboard.press('Backspace')
            window.page.keyboard.type('31/6/2026')
            window.until('the mistake is shown', lambda: 'V002' in window.messages('ngay_ban_hanh'))
            expect('/van_ban' in window.page.url, 'another page is shown')
            window.until('the number of mistakes', lambda: '1 lỗi' in window.page.locator('#so-loi').inner_text())
            expect(window.field('ngay_ban_hanh').evaluate('o => o === document.activeElement'), 'the focus is lost')

    def silenced_warning(self, script):
        file = self.file(SMALL.replace('quyen_han: TM. ỦY BAN NHÂN DÂN\n', ''))
        with self.window(script) as window:
            window.go(f'/tep/{file}/kiem-tra')
            item = window.page.locator('.van-de li.luu-y', has_text='K230')
            window.click(item.locator('summary'))
            item.locator('input[name="ly_do"]').fill('thẩm quyền riêng của người ký')
            window.click(item.get_by_role('button'))
            expect(NO_PROBLEM in window.text(), f'it is not silenced: {window.text()}')
            expect(self.has(file, 'bo_qua: K230 thẩm quyền riêng của người ký'), 'the reason is not saved')

    # ---- Taking away

    def downloads(self, script):
        file = self.file()
        with self.window(script, height=1600) as window:
            window.go(f'/tep/{file}/muc/su_viec')
            taken = {}
            links = window.page.locator('.lay a[href*="/tai/"]')
            for link in links.all():
                if link.inner_text() == 'PDF' and not PRINTS:
                    continue
                with window.page.expect_download() as waiting:
                    window.click(link)
                name = waiting.value.suggested_filename
                with open(waiting.value.path(), 'rb') as stream:
                    taken[name] = stream.read()
            self.check_taken(taken, file)

    def check_taken(self, taken, file):
        word = 'phổ biến Luật Thực hiện dân chủ'
        data = self.office.read(f'{file}.rec').encode()
        expect(taken.get(f'{file}.rec') == data, f'the .rec differs from the file: {list(taken)}')
        for ending in ('md', 'txt', 'html'):
            text = taken[f'{file}-so-ket.{ending}'].decode()
            expect(word in ' '.join(text.split()), f'the {ending} does not have the text')
        import docx, openpyxl
        document = docx.Document(io.BytesIO(taken[f'{file}-so-ket.docx']))
        expect(any(word in paragraph.text for paragraph in document.paragraphs), 'the .docx does not have the text')
        book = openpyxl.load_workbook(io.BytesIO(taken[f'{file}-so-ket.xlsx']))
        cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
        expect(1400 in cells, f'the .xlsx does not have the figure: {list(cells)[:20]}')
        if PRINTS:
            expect(taken[f'{file}-so-ket.pdf'].startswith(b'%PDF-'), 'the .pdf is none')
        archive = zipfile.ZipFile(io.BytesIO(taken[f'{file}.zip']))
        expect(archive.testzip() is None, 'the .zip is damaged')
        names = {os.path.basename(name) for name in archive.namelist()}
        wanted = {f'{file}.rec', 'so-ket.md', 'so-ket.html', 'so-ket.txt', 'so-ket.docx', 'so-ket.xlsx'}
        expect(wanted <= names, f'the .zip lacks {wanted - names}')
        expect(not PRINTS or 'so-ket.pdf' in names, 'the .zip lacks the .pdf')
        expect(archive.read(f'{file}/{file}.rec') == data, 'the .rec of the .zip differs')

    def download_with_mistakes(self, script):
        file = self.file(SMALL.replace('28/6/2026', '31/6/2026'))
        with self.window(script, may_complain=True) as window:
            window.go(f'/tep/{file}/tai/so-ket.docx')
            expect('V002' in window.text(), f'the mistake is not told: {window.text()[:300]}')

    def print_view(self, script):
        file = self.file()
        with self.window(script) as window:
            window.go(f'/tep/{file}/in/so-ket')
            text = window.page.locator('body').inner_text()
            expect('phổ biến Luật Thực hiện dân chủ' in text, f'the text is not there: {text[:200]}')
            expect('DỰ THẢO' not in text, 'what is ready prints as a draft')

    def picture_in_preview(self, script):
        shutil.copytree(os.path.join(ROOT, 'data', 'anh'), self.office.path('anh'), dirs_exist_ok=True)
        file = self.file(NEWS)
        with self.window(script) as window:
            window.go(f'/tep/{file}/muc/anh')
            picture = window.page.frame_locator('#khung-xem').locator('img')
            picture.wait_for()
            window.until('the picture is shown', lambda: picture.evaluate('o => o.complete && o.naturalWidth > 0'), 4)

    # ---- Nothing is lost

    def kept_breaks(self, script):
        file = self.file(SMALL.replace('chi_tieu: Đơn đã nhận', 'chi_tieu: Đơn\n+ đã nhận'))
        with self.window(script) as window:
            window.section(file, 'so_lieu')
            window.fill('gia_tri', '1.350', 1)
            window.save()
            self.expect_line(window, file, 'gia_tri: 1.350')
            text = self.office.read(f'{file}.rec')
            expect('Đơnđã' not in text, 'two words are joined by saving another field')

    def saved_means_saved(self):
        file = self.file()
        with self.window(True) as window:
            window.section(file, 'van_ban')
            waiting = []
            window.page.route('**/muc/van_ban', lambda route: (
                waiting.append(route) if route.request.method == 'POST' and not waiting else route.continue_()))
            window.fill('dia_danh', 'Minh Họa')
            window.field('dia_danh').press('Tab')
            window.until('a save is under way', lambda: waiting)
            window.fill('nguoi_ky', 'Trần Thị B')
            window.click(window.page.locator('#bieu-mau button[name="lam"][value="ghi"]'))
            waiting[0].continue_()
            window.until('it says so', lambda: window.page.locator('#trang-thai').inner_text() == SAVED)
            expect(self.has(file, 'nguoi_ky: Trần Thị B'), 'it says that all is saved, and the last field is not')

    def other_fields_merge(self, script):
        file = self.file()
        with self.window(script) as first, self.window(script) as second:
            for window in (first, second):
                window.section(file, 'van_ban')
            first.fill('dia_danh', 'Minh Họa')
            second.field('nguoi_ky').focus()
            first.save()
            second.fill('nguoi_ky', 'Trần Thị B')
            second.save()
            self.expect_line(second, file, 'dia_danh: Minh Họa')
            self.expect_line(second, file, 'nguoi_ky: Trần Thị B')

    def same_field_conflicts(self, script):
        file = self.file()
        with self.window(script) as first, self.window(script, may_complain=not script) as second:
            for window in (first, second):
                window.section(file, 'van_ban')
            second.field('nguoi_ky').focus()
            first.fill('nguoi_ky', 'Lê Văn C')
            first.save()
            self.expect_line(first, file, 'nguoi_ky: Lê Văn C')
            second.fill('nguoi_ky', 'Trần Thị B')
            second.click(second.page.locator('#bieu-mau button[name="lam"][value="ghi"]'))
            box = second.page.locator('[data-truong="nguoi_ky"] .xung-dot')
            box.wait_for()
            expect('Lê Văn C' in box.inner_text() and 'Trần Thị B' in box.inner_text(),
                   f'both are not shown: {box.inner_text()}')
            expect(self.has(file, 'nguoi_ky: Lê Văn C'), 'what the other wrote is lost')
            if script:
                # Another save does not take away what is not decided.
                second.fill('dia_danh', 'Minh Họa')
                second.field('dia_danh').press('Tab')
                self.expect_line(second, file, 'dia_danh: Minh Họa')
                second.page.wait_for_timeout(300)
                expect(box.count() == 1 and 'Trần Thị B' in box.inner_text(), 'a later save takes the choice away')
            second.click(box.get_by_role('button', name='Dùng chữ của tôi'))
            self.expect_line(second, file, 'nguoi_ky: Trần Thị B')
            second.until('it is gone', lambda: second.page.locator('.xung-dot').count() == 0)

    def others_are_shown(self):
        file = self.file()
        with self.window(True) as first, self.window(True) as second:
            first.section(file, 'van_ban')
            second.section(file, 'van_ban')
            second.until('the other is shown', lambda: 'Đang mở tệp này' in
                         second.page.locator('#nguoi-khac').inner_text())
            first.fill('dia_danh', 'Minh Họa')
            first.save()
            second.until('the new value is shown', lambda: second.field('dia_danh').input_value() == 'Minh Họa')

    def typing_while_others_save(self):
        # The caret stays, and nothing typed is mixed up, whatever somebody else changes meanwhile.
        file = self.file()
        with self.window(True) as first, self.window(True) as second:
            first.section(file, 'so_lieu')
            second.section(file, 'so_lieu')
            field = second.field('chi_tieu', 1)
            field.fill('')
            field.focus()
            for number, word in enumerate(('Đơn ', 'đã giải ', 'quyết ', 'xong')):
                for letter in word:
                    second.page.keyboard.type(letter)
                    second.page.wait_for_timeout(30)
                first.fill('don_vi', f'đơn {number}', record=0)
                first.save()
            second.save()
            self.expect_line(second, file, 'chi_tieu: Đơn đã giải quyết xong')
            self.expect_line(second, file, 'don_vi: đơn 3')

    def removed_while_typing(self):
        # A record that somebody removes while another types in it: what was typed is shown, and goes into
        # no other record.
        file = self.file()
        with self.window(True) as first, self.window(True, may_complain=True) as second:
            first.section(file, 'so_lieu')
            second.section(file, 'so_lieu')
            # Who stands in a field is left alone when the file changes.
            second.field('chi_tieu', 0).focus()
            first.save('xoa.0')
            first.until('it is removed', lambda: not self.has(file, 'chi_tieu: Đơn đã nhận'))
            second.fill('chi_tieu', 'Đơn đã nhận trong kỳ', record=0)
            box = second.page.locator('.xung-dot').first
            box.wait_for()
            expect('Đơn đã nhận trong kỳ' in box.inner_text(), f'what was typed is not shown: {box.inner_text()}')
            second.page.wait_for_timeout(1500)
            expect(self.has(file, 'chi_tieu: Đơn đã giải quyết'), 'another record is changed')
            expect(not self.has(file, 'trong kỳ'), 'what was typed went into another record')

    def changed_on_disk(self, script):
        file = self.file()
        with self.window(script) as window:
            window.section(file, 'van_ban')
            window.field('nguoi_ky').focus()
            self.office.write(f'{file}.rec', SMALL.replace('dia_danh: Ví Dụ', 'dia_danh: Minh Họa'))
            window.fill('nguoi_ky', 'Trần Thị B')
            window.save()
            self.expect_line(window, file, 'nguoi_ky: Trần Thị B')
            self.expect_line(window, file, 'dia_danh: Minh Họa')
            window.go(f'/tep/{file}/phien-ban')
            expect('đổi ngoài trang này' in window.text(), 'the change outside is no version')

    def server_killed(self, script):
        file = self.file()
        with self.window(script, may_complain=True) as window:
            window.section(file, 'van_ban')
            window.fill('dia_danh', 'Minh Họa')
            window.save()
            self.office.kill()
            if script:
                window.fill('nguoi_ky', 'Trần Thị B')
                window.field('nguoi_ky').press('Tab')
                status = window.page.locator('#trang-thai')
                window.until('it says so', lambda: OFFLINE in status.inner_text())
                self.office.start()
                window.until('it is sent later', lambda: self.has(file, 'nguoi_ky: Trần Thị B'))
                window.until('it says so', lambda: status.inner_text() == SAVED)
            else:
                self.office.start()
                window.fill('nguoi_ky', 'Trần Thị B')
                window.save()
            self.expect_line(window, file, 'nguoi_ky: Trần Thị B')
            self.expect_line(window, file, 'dia_danh: Minh Họa')

    def versions(self, script):
        file = self.file()
        with self.window(script) as window:
            window.section(file, 'van_ban')
            window.fill('dia_danh', 'Minh Họa')
            window.save()
            window.click(window.page.locator('nav a', has_text='Phiên bản'))
            rows = window.page.locator('main tbody tr')
            expect(rows.count() == 2, f'{rows.count()} versions: {rows.all_inner_texts()}')
            window.click(rows.nth(1).locator('a'))
            expect(window.page.locator('del').inner_text() == 'Ví Dụ', 'what was is not shown')
            expect(window.page.locator('ins').inner_text() == 'Minh Họa', 'what is new is not shown')
            window.button('Lấy lại')
            window.page.wait_for_url('**/muc/**')
            expect(self.office.read(f'{file}.rec') == SMALL, 'the file is not as it was')
            window.go(f'/tep/{file}/phien-ban')
            expect('lấy lại phiên bản cũ' in window.text(), 'the taking back is no version')

    def undo(self):
        file = self.file()
        with self.window(True) as window:
            window.section(file, 'van_ban')
            window.fill('dia_danh', 'Minh Họa')
            window.field('dia_danh').press('Tab')
            self.expect_line(window, file, 'dia_danh: Minh Họa')
            window.fill('nguoi_ky', 'Trần Thị B')
            window.field('nguoi_ky').press('Tab')
            self.expect_line(window, file, 'nguoi_ky: Trần Thị B')
            button = window.page.locator('#hoan-tac')
            window.click(button)
            self.expect_line(window, file, f'nguoi_ky: {AUTHOR}')
            window.click(button)
            self.expect_line(window, file, 'dia_danh: Ví Dụ')
            window.until('nothing is left', lambda: not button.is_visible())

    # ---- Records

    def records(self, script):
        file = self.file()
        with self.window(script) as window:
            window.section(file, 'nhiem_vu')
            window.save('them')
            new = window.page.locator('#moi')
            new.wait_for()
            new.locator('textarea, input:not([type="hidden"])').first.fill('Công khai kết quả giám sát')
            window.save()
            self.expect_line(window, file, 'noi_dung: Công khai kết quả giám sát')
            window.section(file, 'nhiem_vu')
            window.save('len.1')
            window.until('it stands first', lambda: window.field('noi_dung').input_value().startswith('Công khai'))
            text = self.office.read(f'{file}.rec')
            expect(text.index('Công khai kết quả') < text.index('Thống nhất mẫu'), 'the order is not saved')
            window.save('xoa.1')
            window.until('it is gone', lambda: 'Thống nhất mẫu' not in self.office.read(f'{file}.rec'))
            window.until('one is left', lambda: window.page.locator('.ban-ghi').count() == 1)

    def several_values(self, script):
        file = self.file()
        with self.window(script) as window:
            window.section(file, 'van_ban')
            window.fill('noi_nhan', 'Các tổ dân phố', value=1)
            if script:
                window.fill('noi_nhan', 'Mặt trận phường', value=2)
            window.save()
            self.expect_line(window, file, 'noi_nhan: Các tổ dân phố')
            if script:
                self.expect_line(window, file, 'noi_nhan: Mặt trận phường')

    def citation(self, script):
        file = self.file()
        with self.window(script) as window:
            window.section(file, 'can_cu')
            window.click(window.page.locator('a.nut', has_text='').first)
            window.page.locator('main #tim').fill('Luật Thực hiện dân chủ')
            window.click(window.page.locator('main form[role="search"] button'))
            choice = window.page.locator('.tim-thay li', has_text='dân chủ').first
            window.click(choice.get_by_role('button'))
            window.page.wait_for_url('**/muc/can_cu')
            window.until('it is in the file', lambda: '%rec: can_cu' in self.office.read(f'{file}.rec'))
            expect(window.page.locator('.ban-ghi').count() == 1, 'there is not one record')

    def preview_follows(self):
        file = self.file()
        with self.window(True) as window:
            window.section(file, 'nhiem_vu')
            window.fill('noi_dung', 'Công khai kết quả giám sát')
            window.field('noi_dung').press('Tab')
            shown = window.page.frame_locator('#khung-xem').locator('body')
            window.until('the preview shows it', lambda: 'Công khai kết quả giám sát' in shown.inner_text())

    def upload(self, script):
        with self.window(script) as window:
            window.go('/')
            window.page.locator('#tep').set_input_files({
                'name': f'Tải lên {script}.rec', 'mimeType': 'text/plain', 'buffer': SMALL.encode()})
            window.click(window.page.locator('form[enctype] button'))
            window.page.wait_for_url('**/tep/**')
            name = window.page.url.split('/tep/')[1].split('/')[0]
            expect(self.office.read(f'{name}.rec') == SMALL, 'the file is not as it was sent')

    def search(self, script):
        with self.window(script) as window:
            window.go('/')
            window.page.locator('#tim').fill('pho bien luat')
            window.click(window.page.locator('form[role="search"] button'))
            expect(window.page.locator('.tim-thay a').count() > 0, 'nothing is found without accents')
            expect(window.page.locator('.tim-thay mark').count() > 0, 'the words are not marked')

    # ---- Keyboard

    def keyboard(self, script):
        file = self.file()
        with self.window(script) as window:
            window.section(file, 'van_ban')
            page = window.page
            wanted = page.evaluate('''() => [...document.querySelectorAll(
              '#bieu-mau input:not([type=hidden]), #bieu-mau select, #bieu-mau textarea, #bieu-mau summary,' +
              '#bieu-mau button')].filter(o => o.tabIndex >= 0 && o.checkVisibility()).length''')
            seen, previous = [], -1
            page.locator('body').press('Tab')
            for _ in range(wanted + 80):
                place = page.evaluate('''() => {
                  const o = document.activeElement, all = [...document.querySelectorAll('#bieu-mau *')];
                  const box = o.getBoundingClientRect(), style = getComputedStyle(o);
                  return { place: all.indexOf(o), name: o.name || o.id || o.tagName, shown: box.width > 1,
                    ring: style.outlineStyle !== 'none' || style.boxShadow !== 'none' };
                }''')
                if place['place'] >= 0:
                    expect(place['place'] > previous, f'{place["name"]} comes out of order')
                    expect(place['shown'], f'{place["name"]} cannot be seen')
                    expect(place['ring'], f'{place["name"]} does not show that it has the focus')
                    previous = place['place']
                    seen.append(place['name'])
                elif seen:
                    break
                page.keyboard.press('Tab')
            expect(len(seen) == wanted, f'Tab reaches {len(seen)} of {wanted}')
            window.field('dia_danh').focus()
            page.keyboard.press('Control+A')
            page.keyboard.type('Minh Họa')
            page.keyboard.press('Enter')
            self.expect_line(window, file, 'dia_danh: Minh Họa')
            expect('/muc/van_ban' in page.url, f'Enter leads to {page.url}')


def axe_source():
    try:
        import axe_playwright_python
    except ImportError:
        return None
    path = os.path.join(os.path.dirname(axe_playwright_python.__file__), 'axe.min.js')
    with open(path, encoding='utf-8') as file:
        return file.read()


class Looks:
    """Every page, as axe-core sees it and at the width of a small telephone."""

    def __init__(self, browser, office, empty):
        self.office, self.empty, self.axe = office, empty, axe_source()
        self.inside, self.outside = come_in(browser, office), browser.new_context()

    def look(self, window, name):
        page, found = window.page, []
        for width, height in ((1280, 900), (390, 800)):
            page.set_viewport_size({'width': width, 'height': height})
            page.evaluate(self.axe)
            result = page.evaluate('''() => axe.run(document, { iframes: false,
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })''')
            for violation in result['violations']:
                if violation['impact'] in ('serious', 'critical'):
                    nodes = '; '.join(node['html'][:120] for node in violation['nodes'][:3])
                    found.append(f'{name} at {width}: {violation["id"]}: {nodes}')
        page.set_viewport_size({'width': 360, 'height': 800})
        wide = page.evaluate('''() => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return '';
          return [...document.querySelectorAll('body *')].filter(
            o => o.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 3)
            .map(o => o.outerHTML.slice(0, 100)).join('; ') || 'something';
        }''')
        if wide:
            found.append(f'{name} at 360 scrolls sideways: {wide}')
        return found

    def page(self, name, path):
        """Looks at a page as one who manages sees it."""
        self.visit(self.inside, name, self.office.base_address + path)

    def strangers(self):
        for name, path in {'log in': '/dang-nhap', 'error': '/khong-co'}.items():
            self.visit(self.outside, name, self.office.base_address + path)
        self.visit(self.outside, 'first account', self.empty.first)

    def visit(self, context, name, address):
        window = Window(context, self.office)
        try:
            window.page.goto(address)
            found = self.look(window, name)
        finally:
            window.end()
        expect(not found, '\n'.join(found))


def printing():
    try:
        import weasyprint
        return os.path.exists(os.path.join(ROOT, '.build-tools', 'bin', 'weasyprint'))
    except Exception:
        return False


PRINTS = printing()
EITHER = [
    'report_from_nothing', 'report_from_last_period', 'paste_without_header', 'paste_with_header', 'five_mistakes',
    'silenced_warning', 'downloads', 'download_with_mistakes', 'print_view', 'picture_in_preview', 'kept_breaks',
    'other_fields_merge', 'same_field_conflicts', 'changed_on_disk', 'server_killed', 'versions', 'records',
    'several_values', 'citation', 'upload', 'search', 'keyboard',
]
SCRIPTED = ['messages_while_typing', 'saved_means_saved', 'others_are_shown', 'removed_while_typing',
            'typing_while_others_save', 'undo', 'preview_follows']
PAGES = {
    'start': '/', 'search': '/?tim=pho+bien', 'new': '/moi', 'form of one record': '/tep/vi-du/muc/su_viec',
    'form of many records': '/tep/vi-du/muc/so_lieu', 'form with mistakes': '/tep/sai/muc/van_ban',
    'check list': '/tep/sai/kiem-tra', 'versions': '/tep/vi-du/phien-ban', 'one version': '/tep/vi-du/phien-ban/1',
    'citations': '/tep/vi-du/vien-dan?tim=luat', 'people': '/nguoi-dung', 'log': '/nhat-ky', 'adding up': '/tong-hop',
    'help': '/giup', 'deleted files': '/da-xoa', 'work on a file': '/tep/vi-du/viec', 'one plan': '/tong-hop/phuong~tong-hop',
}


def names():
    both = [f'{name}, {how}' for name in EITHER for how in ('with a script', 'without')]
    return both + [f'{name}, with a script' for name in SCRIPTED] + [f'axe: {name}' for name in PAGES] + ['axe: strangers']


def open_office(program):
    """An office with accounts, where somebody who manages has come in, with some files."""
    office = Office(program, '--listen', '0.0.0.0')
    office.write('vi-du.rec', SMALL)
    office.write('sai.rec', SMALL.replace('28/6/2026', '31/6/2026').replace('dia_danh: Ví Dụ\n', '')
                 .replace('quyen_han: TM. ỦY BAN NHÂN DÂN\n', ''))
    shutil.copytree(os.path.join(ROOT, 'data', 'phuong'), os.path.join(office.folder, 'phuong'))
    client = Client(office.port)
    account = {'ten': 'quanly', 'mat_khau': 'mat khau dai 1'}
    client.post('/lap-tai-khoan', {'khoa_lap': office.first.split('khoa=')[1], 'ho_ten': 'Quản Lý', **account})
    client.post('/dang-nhap', account)
    office.session = client.cookies['baocao']
    # Two versions, so that one differs.
    client.get('/tep/vi-du/phien-ban')
    form = client.section('vi-du', 'van_ban')
    client.save('vi-du', 'van_ban', with_value(form, 'r.0.dia_danh', 'Minh Họa'))
    return office


def main():
    if '--names' in sys.argv:
        return print('\n'.join(names()))
    from playwright.sync_api import sync_playwright
    program, outcomes = sys.argv[1], Outcomes(sys.argv[2:])
    with sync_playwright() as playwright, Office(program) as office:
        office.session = office.client().cookies['baocao']
        browser = playwright.chromium.launch(
            executable_path=shutil.which('chromium'), args=['--no-sandbox', '--disable-gpu'])
        scenes = Scenes(browser, office)
        for name in EITHER:
            outcomes.run(f'{name}, with a script', getattr(scenes, name), True)
            outcomes.run(f'{name}, without', getattr(scenes, name), False)
        for name in SCRIPTED:
            outcomes.run(f'{name}, with a script', getattr(scenes, name))
        if axe_source() and outcomes.wants('axe: '):
            with open_office(program) as accounts, Office(program, '--listen', '0.0.0.0') as empty:
                looks = Looks(browser, accounts, empty)
                for name, path in PAGES.items():
                    outcomes.run(f'axe: {name}', looks.page, name, path)
                outcomes.run('axe: strangers', looks.strangers)
        browser.close()


main()
