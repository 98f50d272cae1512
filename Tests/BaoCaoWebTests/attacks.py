# Attacks on the office's page: those of `attacks.txt`, and those that take more than one request. Prints a
# line of JSON for each: `attacks.py PROGRAM [part of a name]…`; `attacks.py --names` prints the names.
import socket, sys, threading
from office import *

HERE = os.path.dirname(os.path.abspath(__file__))
SMALL = open(os.path.join(HERE, 'so-ket.rec'), encoding='utf-8').read()
MARKUP = '"\'><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>{{ 7 * 7 }}'


# ---- What no answer may be

class Dangers(HTMLParser):
    """What a page has that could act: scripts but ours, styles and handlers in the text, other addresses."""

    def __init__(self, is_document):
        super().__init__()
        self.found, self.is_document = [], is_document

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == 'script' and (self.is_document or not (given.get('src') or '').startswith('/giao-dien.js?')):
            self.found.append(f'<script {given}>')
        if tag in ('object', 'embed', 'base', 'applet') or tag == 'meta' and 'http-equiv' in given:
            self.found.append(f'<{tag}>')
        if tag == 'iframe' and 'sandbox' not in given:
            self.found.append('a frame that is not closed')
        if not self.is_document and (tag == 'style' or 'style' in given):
            self.found.append(f'a style in <{tag}>')
        for name, value in attributes:
            address = re.sub(r'[\s\x00-\x1f]', '', value or '').lower()
            if name.startswith('on') or name == 'srcdoc':
                self.found.append(f'{name} in <{tag}>')
            if name in ('href', 'src', 'action', 'formaction', 'xlink:href') and address.startswith(
                    ('javascript:', 'vbscript:', 'data:text')):
                self.found.append(f'{value} in <{tag}>')


def check_answer(answer, office, what=''):
    """What holds for every answer."""
    expect(answer.status < 500, f'{what} answers {answer.status}: {title(answer.text)}')
    kind = answer.headers.get('Content-Type') or ''
    policy = answer.headers.get('Content-Security-Policy') or ''
    is_document = policy.startswith('sandbox')
    expect("default-src 'none'" in policy, f'{what} has the policy «{policy}»')
    for part in policy.split(';'):
        if part.strip().startswith(('script-src', 'default-src')):
            expect('unsafe' not in part and '*' not in part and 'data:' not in part, f'{what}: {part}')
    expect(answer.headers.get('X-Content-Type-Options') == 'nosniff', f'{what} is without nosniff')
    expect(not answer.headers.get('Server'), f'{what} says what serves it')
    for line in answer.headers.get_all('Set-Cookie') or []:
        expect('HttpOnly' in line and 'SameSite=Strict' in line, f'{what} sets the cookie {line}')
    if kind.startswith(('text/', 'application/json')) and '/tai/' not in what:
        for path in (office.base, ROOT, '/Templates/', '/usr/', '/home/', '/root/', '.swift'):
            expect(path not in answer.text, f'{what} names {path}')
    if kind.startswith('text/html') and '/tai/' not in what:
        dangers = Dangers(is_document)
        dangers.feed(answer.text)
        expect(not dangers.found, f'{what} has {dangers.found[:3]}')
    return answer


# ---- Those of the text file

class Attack:
    def __init__(self, name):
        self.name, self.who, self.method, self.path = name, '', '', ''
        self.headers, self.form, self.wanted, self.absent = {}, None, '', []

    def take(self, line):
        word, _, rest = line.partition(' ')
        if word == 'as':
            self.who = rest
        elif word == '=>':
            self.wanted = rest
        elif word == 'not:':
            self.absent.append(rest)
        elif word == 'form:':
            self.form = rest
        elif word.rstrip(':') != word:
            self.headers[word[:-1]] = rest
        else:
            self.method, self.path = word, rest


def read_attacks():
    attacks = []
    with open(os.path.join(HERE, 'attacks.txt'), encoding='utf-8') as file:
        for line in file.read().split('\n'):
            if line.startswith('##### '):
                attacks.append(Attack(line[6:]))
            elif line and not line.startswith('#'):
                attacks[-1].take(line)
    return attacks


class Town:
    """An office with accounts and one of a single person, and who comes in."""

    def __init__(self, program):
        self.office = Office(program, '--listen', '0.0.0.0')
        self.alone = Office(program)
        self.setup = self.office.first.split('khoa=')[1]
        for office in (self.office, self.alone):
            office.write('vi-du.rec', SMALL)
            office.write('khac.rec', SMALL)
            office.write('.an.rec', SMALL)
            self.put_links(office)
        nobody = Client(self.office.port)
        nobody.post('/lap-tai-khoan', {'khoa_lap': self.setup, 'ten': 'quanly', 'ho_ten': 'Người Quản Lý',
                                       'mat_khau': 'mat khau dai 1'})
        self.clients = {'nobody': nobody, 'manager': self.come_in('quanly', 'mat khau dai 1')}
        self.add('soan', 'Người Soạn', 'mat khau dai 2', 'viet')
        self.add('xem', 'Người Xem', 'mat khau dai 3', 'doc')
        self.clients['writer'] = self.come_in('soan', 'mat khau dai 2')
        self.clients['reader'] = self.come_in('xem', 'mat khau dai 3')
        self.clients['stranger'] = Client(self.office.port)
        self.clients['stranger'].cookies['baocao'] = 'A' * 43
        self.clients['alone'] = self.alone.client()
        self.clients['alone-nobody'] = Client(self.alone.port)
        self.tokens = {}
        for who in ('manager', 'writer', 'reader'):
            self.tokens[who] = form_of(self.clients[who].get('/nguoi-dung').text, 'khoa')['khoa']

    def put_links(self, office):
        outside = os.path.join(office.base, 'ngoai')
        os.mkdir(outside)
        for name in ('bi-mat.rec', 'bi-mat.png'):
            with open(os.path.join(outside, name), 'w') as file:
                file.write('%rec: bi_mat\n\na: bi_mat\n')
        os.symlink('/etc/passwd', office.path('lien-ket.rec'))
        os.symlink(outside, office.path('ngoai'))
        os.mkdir(office.path('anh'))
        os.symlink(os.path.join(outside, 'bi-mat.png'), office.path('anh/lien-ket.png'))
        office.write('anh/bi-mat.txt', 'bi_mat')

    def come_in(self, login, password):
        client = Client(self.office.port)
        answer = client.post('/dang-nhap', {'ten': login, 'mat_khau': password})
        expect(answer.status == 303, f'{login} cannot come in: {answer.status}')
        return client

    def add(self, login, name, password, role):
        manager = self.clients['manager']
        token = form_of(manager.get('/nguoi-dung').text, 'khoa')['khoa']
        answer = manager.post('/nguoi-dung', {
            'khoa': token, 'ten': login, 'ho_ten': name, 'mat_khau': password, 'vai_tro': role})
        expect(answer.status == 303, f'{login} is not added: {answer.status}')

    def base(self):
        return self.clients['writer'].get('/tep/vi-du/tinh-hinh?cua=1').json['goc']

    def attack(self, attack):
        office = self.alone if attack.who.startswith('alone') else self.office
        before = office.read('vi-du.rec')
        token = self.tokens.get(attack.who, '')
        other = self.tokens['reader' if attack.who != 'reader' else 'writer']

        def filled(text):
            for name, value in (('token', token), ('other', other), ('setup', self.setup)):
                text = text.replace('{' + name + '}', value)
            return text.replace('{base}', self.base()) if '{base}' in text else text

        headers, body = dict(attack.headers), None
        if attack.form is not None:
            body = filled(attack.form).encode()
            headers.setdefault('Content-Type', 'application/x-www-form-urlencoded')
        client = self.clients[attack.who]
        known = dict(client.cookies)
        answer = client.request(attack.method, filled(attack.path), body, headers)
        client.cookies = known
        wanted = attack.wanted.split()
        expect(str(answer.status) in wanted, f'the answer is {answer.status}: {title(answer.text)}')
        places = [word for word in wanted if word.startswith('/')]
        if answer.status == 303 and places:
            expect(answer.headers['Location'] in places, f'it leads to {answer.headers["Location"]}')
        for text in attack.absent:
            expect(text not in answer.text, f'the answer has «{text}»')
        check_answer(answer, office, attack.path)
        if attack.method == 'POST' and answer.status != 303:
            expect(office.read('vi-du.rec') == before, 'the file was changed')

    # ---- Markup in what people write

    def pages(self, client, file):
        start = client.get(f'/tep/{quote(file)}/muc/su_viec').text
        sections = re.findall(r'/muc/(\w+)" data-muc', start)
        documents = re.findall(r'data-van-ban="([^"]*)"', start)
        expect(sections, f'no page of {file}: {title(start)}')
        paths = ['/', '/moi', '/?tim=script', f'/tep/{quote(file)}/kiem-tra', f'/tep/{quote(file)}/phien-ban',
                 f'/tep/{quote(file)}/vien-dan']
        paths += [f'/tep/{quote(file)}/muc/{section}' for section in sections]
        paths += [f'/tep/{quote(file)}/{way}/{name}' for name in documents for way in ('xem', 'in')]
        versions = re.findall(r'/phien-ban/\d+', client.get(f'/tep/{quote(file)}/phien-ban').text)
        return paths + [f'/tep/{quote(file)}{version}' for version in versions]

    def markup_in_fields(self):
        self.office.write('danh-dau.rec', SMALL)
        client = self.clients['writer']
        client.get('/tep/danh-dau/phien-ban')
        for path in self.pages(client, 'danh-dau'):
            if '/muc/' not in path:
                continue
            section = path.rsplit('/', 1)[1]
            pairs = client.section('danh-dau', section)
            changed = [(name, value if not name.startswith('r.') or name.endswith('.@') or name.endswith('.mau')
                        else MARKUP) for name, value in pairs]
            answer = check_answer(client.save('danh-dau', section, changed), self.office, path)
            expect(answer.status == 200, f'{section} is not saved: {answer.status} {title(answer.text)}')
        expect('<script>alert(1)' in self.office.read('danh-dau.rec'), 'what was typed is not in the file')
        for path in self.pages(client, 'danh-dau'):
            answer = check_answer(client.get(path), self.office, path)
            expect('alert(1)</script>' not in answer.text, f'{path} has the script')

    def markup_in_document(self):
        # Only in texts that no check objects to, so that documents are made.
        self.office.write('van-ban-la.rec', SMALL.replace('niêm yết công khai', f'niêm yết {MARKUP} công khai')
                          .replace('Đơn đã nhận', f'Đơn {MARKUP} đã nhận')
                          .replace('Nguyễn Văn A', 'Nguyễn <b onclick=alert(1)>Văn A'))
        client = self.clients['writer']
        shown = client.get('/tep/van-ban-la/xem/so-ket')
        check_answer(shown, self.office, '/xem/')
        expect('alert(1)' in shown.text, f'the preview does not show the text: {title(shown.text)}')
        for path in self.pages(client, 'van-ban-la'):
            if '/muc/' in path and not path.endswith('/so_lieu'):
                continue
            check_answer(client.get(path), self.office, path)

    def markup_in_names(self):
        client = self.clients['manager']
        for name in ('<script>alert(1)<', '"onmouseover="alert(1)\'&'):
            self.office.write(f'{name}.rec', SMALL)
            check_answer(client.get('/'), self.office, '/')
            check_answer(client.get('/?tim=pho+bien'), self.office, '/?tim')
            for path in self.pages(client, name):
                if '/muc/' not in path or path.endswith('/su_viec'):
                    check_answer(client.get(path), self.office, path)
            os.unlink(self.office.path(f'{name}.rec'))
        token = self.tokens['manager']
        client.post('/nguoi-dung', {'khoa': token, 'ten': 'la', 'ho_ten': MARKUP, 'vai_tro': 'doc',
                                    'mat_khau': 'mat khau dai 5'})
        for path in ('/nguoi-dung', '/nhat-ky'):
            check_answer(client.get(path), self.office, path)

    def markup_in_period(self):
        client = self.clients['writer']
        answer = client.post('/moi', {'khoa': self.tokens['writer'], 'mau': 'so-ket', 'ky': MARKUP, 'ten': 'ky la'})
        check_answer(answer, self.office, '/moi')
        for path in ('/', '/tep/ky-la/muc/su_viec', '/tep/ky-la/kiem-tra'):
            check_answer(client.get(path), self.office, path)

    def period_is_no_record(self):
        client = self.clients['writer']
        answer = client.post('/moi', {'khoa': self.tokens['writer'], 'mau': 'so-ket', 'ten': 'ky hai dong',
                                      'ky': '6 tháng đầu năm 2026\n\n%rec: van_ban\n\nmau: tong-ket'})
        check_answer(answer, self.office, '/moi')
        if os.path.exists(self.office.path('ky-hai-dong.rec')):
            expect('mau: tong-ket' not in self.office.read('ky-hai-dong.rec').split('\n'), 'it becomes a record')

    # ---- Uploads and bodies

    def upload_names(self):
        client = self.clients['writer']
        before = set(os.listdir(self.office.base)) | set(os.listdir('/tmp'))
        names = ['../../../tmp/thoat.rec', '..\\\\..\\\\thoat.rec', '/etc/thoat.rec', 'C:\\\\thoat.rec', '.rec', '...rec',
                 'a\x00.rec', '-rf.rec', '<script>alert(1)<.rec', 'con.rec', 'x' * 300 + '.rec', 'thoat.rec\r\nX: y']
        for name in names:
            answer = client.upload('/tai-len', {'khoa': self.tokens['writer']}, name, SMALL.encode())
            check_answer(answer, self.office, f'an upload of {name[:30]!r}')
            expect(answer.status in (303, 400, 404, 413, 422), f'{name[:30]!r} answers {answer.status}')
        after = set(os.listdir(self.office.base)) | set(os.listdir('/tmp'))
        expect(not any('thoat' in name for name in after - before), 'a file came to be outside of the folder')
        for name in os.listdir(self.office.folder):
            if name.endswith('.rec') and 'thoat' in name:
                expect(re.fullmatch(r'[a-z0-9-]+\.rec', name), f'a file is called {name}')

    def upload_kinds(self):
        client = self.clients['writer']
        for name, content in [('a.rec', b'\xff\xfe\x00'), ('b.rec', b'%rec: \n+\n:::\n'), ('c.docx', b'PK\x03\x04xx'),
                              ('d.docx', b''), ('e.exe', b'MZ'), ('f.html', b'<script>'), ('g', b'x'), ('h.rec', b'')]:
            before = set(os.listdir(self.office.folder))
            answer = client.upload('/tai-len', {'khoa': self.tokens['writer']}, name, content)
            check_answer(answer, self.office, name)
            new = set(os.listdir(self.office.folder)) - before
            expect(answer.status in (400, 422) and not new or answer.status == 303,
                   f'{name} answers {answer.status} and leaves {new}')

    def large_upload(self):
        for size, kind in ((17 << 20, 'multipart/form-data; boundary=x'), (3 << 20, 'application/x-www-form-urlencoded')):
            answer = self.raw(f'POST /tai-len HTTP/1.1\r\nHost: x\r\nCookie: baocao={self.cookie("writer")}\r\n'
                              f'Content-Type: {kind}\r\nContent-Length: {size}\r\n\r\n'.encode())
            expect(b' 413 ' in answer[:30], f'{size} bytes answer {answer[:60]}')

    def large_chunks(self):
        head = (f'POST /tep/vi-du/muc/van_ban HTTP/1.1\r\nHost: x\r\nCookie: baocao={self.cookie("writer")}\r\n'
                'Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n').encode()
        chunk = b'10000\r\n' + b'a' * 0x10000 + b'\r\n'
        answer = self.raw(head + chunk * 64)
        expect(answer == b'' or b' 413 ' in answer[:30], f'4 MB in chunks answer {answer[:60]}')

    def many_fields(self):
        fields = [('khoa', self.tokens['writer']), ('goc', self.base())]
        fields += [(f'r.{number}.noi_dung', 'x') for number in range(30_000)]
        answer = self.clients['writer'].post('/tep/vi-du/muc/nhiem_vu', fields)
        expect(answer.status == 413, f'30,000 fields answer {answer.status}')

    def many_parts(self):
        body = b''.join(b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\nb\r\n' % number
                        for number in range(5000)) + b'--x--\r\n'
        answer = self.clients['writer'].request('POST', '/tai-len', body, {
            'Content-Type': 'multipart/form-data; boundary=x'})
        expect(answer.status == 413, f'5,000 parts answer {answer.status}')

    def broken_multipart(self):
        client = self.clients['writer']
        whole = b'--x\r\nContent-Disposition: form-data; name="khoa"\r\n\r\nabc\r\n--x--\r\n'
        bodies = [whole[:length] for length in range(0, len(whole), 3)]
        bodies += [b'--x', b'--x\r\n', b'--x--', b'--x\r\n\r\n--x--', b'--x\r\nA: b\r\n\r\n\r\n--x--', b'--x\r\n--x\r\n--x--',
                   b'\r\n--x\r\nContent-Disposition: form-data; name="\r\n\r\n--x--', b'--xx\r\n', b'x' * 100_000,
                   b'--x\r\n' + b'A: b\r\n' * 2000 + b'\r\nx\r\n--x--']
        for body in bodies:
            answer = client.request('POST', '/tai-len', body, {'Content-Type': 'multipart/form-data; boundary=x'})
            check_answer(answer, self.office, f'{body[:40]!r}')
            expect(answer.status in (400, 403, 413), f'{body[:40]!r} answers {answer.status}')
        for kind in ('multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary="',
                     'multipart/form-data; boundary=' + 'x' * 100):
            answer = client.request('POST', '/tai-len', whole, {'Content-Type': kind})
            expect(answer.status == 400, f'{kind[:50]} answers {answer.status}')

    # ---- What is no HTTP

    def cookie(self, who):
        return self.clients[who].cookies['baocao']

    def raw(self, data, seconds=10):
        """What the server answers to some bytes, up to the end of a head; nothing where it closes."""
        with socket.create_connection(('127.0.0.1', self.office.port), timeout=seconds) as connection:
            answer = b''
            try:
                connection.sendall(data)
            except OSError:
                pass  # It closes before all is sent, after an answer or without.
            try:
                while b'\r\n\r\n' not in answer:
                    part = connection.recv(65536)
                    if not part:
                        break
                    answer += part
            except ConnectionError:
                pass
            except TimeoutError:
                raise AssertionError(f'no answer within {seconds} s to {data[:60]}')
            return answer

    def no_http(self):
        cookie = f'Cookie: baocao={self.cookie("writer")}\r\n'.encode()
        post = b'POST /tep/vi-du/muc/van_ban HTTP/1.1\r\nHost: x\r\n' + cookie
        cases = {
            'chunks that are none': post + b'Transfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n',
            'a chunk of a negative length': post + b'Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n',
            'a chunk of a huge length': post + b'Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n',
            'two lengths': post + b'Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
            'a length and chunks': post + b'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
            'a negative length': post + b'Content-Length: -3\r\n\r\nabc',
            'a length that is no number': post + b'Content-Length: x\r\n\r\nabc',
            'many header fields': b'GET / HTTP/1.1\r\nHost: x\r\n' + b''.join(
                b'A%d: b\r\n' % number for number in range(20_000)) + b'\r\n',
            'a long header field': b'GET / HTTP/1.1\r\nHost: x\r\nA: ' + b'a' * (1 << 20) + b'\r\n\r\n',
            'a long address': b'GET /' + b'a' * (1 << 20) + b' HTTP/1.1\r\nHost: x\r\n\r\n',
            'no host': b'GET / HTTP/1.1\r\n\r\n',
            'two hosts': b'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
            'NUL in a header field': b'GET / HTTP/1.1\r\nHost: x\r\nA: \x00\r\n\r\n',
            'another protocol': b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + b'a' * 100 + b'\r\n\r\n',
            'no request': b'\r\n\r\n\r\n\r\nnonsense\r\n\r\n',
            'an address of another server': b'GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n',
        }
        for name, data in cases.items():
            answer = self.raw(data)
            status = int(answer[9:12]) if answer.startswith(b'HTTP/1.1 ') else 400
            expect(status < 500, f'{name}: {answer[:80]}')
            if name not in ('no host', 'two hosts', 'NUL in a header field', 'an address of another server'):
                expect(status >= 400, f'{name}: {answer[:80]}')
        self.office.check_runs()
        expect(self.clients['writer'].get('/').status == 200, 'the server does not answer any more')

    def many_connections(self):
        crowd = []
        try:
            for _ in range(300):
                crowd.append(socket.create_connection(('127.0.0.1', self.office.port), timeout=5))
                crowd[-1].sendall(b'GET / HTTP/1.1\r\nHost: x\r\n')
            start = time.monotonic()
            expect(Client(self.office.port).get('/dang-nhap').status == 200, 'nobody else gets through')
            expect(time.monotonic() - start < 5, 'others wait for 300 that say nothing')
        finally:
            for connection in crowd:
                connection.close()

    def slow(self, head, seconds=32):
        """A request of which a byte comes every second: the connection ends within the time."""
        start = time.monotonic()
        with socket.create_connection(('127.0.0.1', self.office.port), timeout=1) as connection:
            connection.sendall(head)
            while time.monotonic() - start < seconds:
                try:
                    answer = connection.recv(4096)
                    if not answer or not answer.startswith(b'HTTP/1.1 1'):
                        return
                except TimeoutError:
                    pass
                except OSError:
                    return
                try:
                    connection.sendall(b'a')
                except OSError:
                    return
        raise AssertionError(f'the connection is still open after {seconds} s')

    def slow_body(self):
        self.slow(f'POST /tep/vi-du/muc/van_ban HTTP/1.1\r\nHost: x\r\nCookie: baocao={self.cookie("writer")}\r\n'
                  'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n'.encode())

    def slow_body_of_stranger(self):
        self.slow(b'POST /dang-nhap HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n'
                  b'Content-Length: 1000\r\n\r\n')

    def slow_head(self):
        self.slow(b'GET / HTTP/1.1\r\nHost: x\r\nA: ')

    # ---- People

    def changed_person(self):
        """What is changed of an account holds at once, for the sessions that it has too."""
        self.add('nghi', 'Người Nghỉ', 'mat khau dai 6', 'viet')
        client = self.come_in('nghi', 'mat khau dai 6')
        token = client.token()
        manager, own = self.clients['manager'], self.tokens['manager']
        page = manager.get('/nguoi-dung').text
        number = re.search(r'/nguoi-dung/(\d+)"(?:(?!</form>).)*\(nghi\)', page, re.S).group(1)
        manager.post(f'/nguoi-dung/{number}', {'khoa': own, 'vai_tro': 'doc'})
        answer = client.post('/tep/vi-du/bo-qua', {'khoa': token, 'ma': 'K230', 'ly_do': 'x'})
        expect(answer.status == 403, f'who may only read any more still writes: {answer.status}')
        manager.post(f'/nguoi-dung/{number}', {'khoa': own, 'vai_tro': 'doc', 'dong': '1'})
        expect(client.get('/').status == 303, 'the session of a closed account goes on')
        answer = Client(self.office.port).post('/dang-nhap', {'ten': 'nghi', 'mat_khau': 'mat khau dai 6'})
        expect(answer.status == 401, f'a closed account comes in: {answer.status}')

    def going_out(self):
        """The session ends; a cookie that somebody was given before coming in never was its."""
        client = Client(self.office.port)
        client.cookies['baocao'] = 'B' * 43
        client.post('/dang-nhap', {'ten': 'xem', 'mat_khau': 'mat khau dai 3'})
        expect(client.cookies['baocao'] != 'B' * 43, 'the cookie stays')
        token = form_of(client.get('/nguoi-dung').text, 'khoa')['khoa']
        client.post('/dang-xuat', {'khoa': token})
        expect(client.get('/').status == 303, 'the session goes on')

    def wrong_passwords(self):
        client = Client(self.office.port)
        # The right password after five wrong ones; and a login that nobody has tells nothing else.
        for login, right in (('soan', 'mat khau dai 2'), ('khong-ai', 'mat khau dai 2')):
            tries = [f'sai {number}' for number in range(5)] + [right]
            answers = [client.post('/dang-nhap', {'ten': login, 'mat_khau': word}) for word in tries]
            expect([answer.status for answer in answers] == [401] * 5 + [429],
                   f'{login}: {[answer.status for answer in answers]}')
            check_answer(answers[-1], self.office, '/dang-nhap')

    def private_database(self):
        for name in os.listdir(self.office.folder):
            if name.startswith('baocao-web.sqlite'):
                mode = os.stat(self.office.path(name)).st_mode & 0o777
                expect(mode == 0o600, f'{name} is {mode:o}')

    def end(self):
        self.office.end()
        self.alone.end()


SLOW = ['slow_body', 'slow_body_of_stranger', 'slow_head']
LONGER = [
    'markup_in_fields', 'markup_in_document', 'markup_in_names', 'markup_in_period', 'period_is_no_record',
    'upload_names', 'upload_kinds', 'large_upload', 'large_chunks', 'many_fields', 'many_parts', 'broken_multipart',
    'no_http', 'many_connections', 'changed_person', 'going_out', 'wrong_passwords', 'private_database',
]


def main():
    attacks = read_attacks()
    if '--names' in sys.argv:
        return print('\n'.join([attack.name for attack in attacks] + LONGER + SLOW))
    outcomes = Outcomes(sys.argv[2:])
    town = Town(sys.argv[1])
    try:
        # Those that wait do so beside the others.
        slow = [threading.Thread(target=outcomes.run, args=(name, getattr(town, name))) for name in SLOW]
        for thread in slow:
            thread.start()
        for attack in attacks:
            outcomes.run(attack.name, town.attack, attack)
        for name in LONGER:
            outcomes.run(name, getattr(town, name))
        for thread in slow:
            thread.join()
    finally:
        town.end()


if __name__ == '__main__':
    main()
