# Served folders for the tests of the office's page: the server as a process, and a client that reads
# its forms as a browser without a script does.
import http.client, os, re, shutil, signal, subprocess, sys, tempfile, time, traceback, json
from html.parser import HTMLParser
from urllib.parse import quote, urlencode, urlsplit

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Office:
    """A folder with a server; ended with `end`, even in a `with`."""

    def __init__(self, program, *arguments, data=(), port=0):
        self.program, self.arguments, self.port = program, list(arguments), port
        self.base = tempfile.mkdtemp(prefix='baocao-web-')
        self.folder = os.path.join(self.base, 'du-lieu')
        os.mkdir(self.folder)
        for name in data:
            shutil.copy(os.path.join(ROOT, 'data', name), self.folder)
        self.process = None
        self.start()

    def start(self):
        environment = dict(
            os.environ, BAOCAO_TEMPLATES=os.path.join(ROOT, 'Templates'), BAOCAO_LANG='vi', BAOCAO_TU_DIEN='')
        printing = os.path.join(ROOT, '.build-tools', 'bin', 'weasyprint')
        if os.path.exists(printing):
            environment['BAOCAO_WEASYPRINT'] = printing
        self.log = open(os.path.join(self.base, 'log'), 'ab')
        self.process = subprocess.Popen(
            [self.program, self.folder, '--port', str(self.port), *self.arguments],
            stdout=subprocess.PIPE, stderr=self.log, env=environment)
        self.first = self.process.stdout.readline().decode().strip()
        if not self.first:
            raise RuntimeError('the server does not start: ' + self.errors())
        parts = urlsplit(self.first)
        self.port = parts.port or self.port
        self.base_address = f'http://127.0.0.1:{self.port}'
        self.first = self.base_address + parts.path + ('?' + parts.query if parts.query else '')

    def errors(self):
        with open(os.path.join(self.base, 'log'), encoding='utf-8', errors='replace') as file:
            return file.read()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def restart(self):
        self.kill()
        self.start()

    def path(self, name):
        return os.path.join(self.folder, name)

    def check_runs(self):
        status = self.process.poll()
        expect(status is None, f'the server ended with {status}: {self.errors()[-500:]}')

    def read(self, name):
        with open(self.path(name), encoding='utf-8') as file:
            return file.read()

    def write(self, name, text):
        with open(self.path(name), 'w', encoding='utf-8') as file:
            file.write(text)

    def client(self):
        client = Client(self.port)
        client.get(self.first[len(self.base_address):])
        return client

    def end(self):
        if self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.base, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode('utf-8', 'replace')

    @property
    def json(self):
        return json.loads(self.body)


class Client:
    """One browser without a script: a connection that is kept, and a cookie."""

    def __init__(self, port):
        self.port, self.cookies, self.connection = port, {}, None

    def request(self, method, path, body=None, headers=()):
        sent = {'Host': f'127.0.0.1:{self.port}'}
        if self.cookies:
            sent['Cookie'] = '; '.join(f'{name}={value}' for name, value in self.cookies.items())
        sent.update(headers)
        for attempt in (1, 2):
            fresh = self.connection is None
            if fresh:
                self.connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
            try:
                self.connection.request(method, path, body, sent)
                answer = self.connection.getresponse()
                data = answer.read()
                break
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
                # A connection that was kept may have been closed meanwhile.
                if fresh or attempt == 2:
                    raise
        for line in answer.headers.get_all('Set-Cookie') or []:
            name, value = line.split(';')[0].split('=', 1)
            self.cookies[name] = value
        return Answer(answer.status, answer.headers, data)

    def get(self, path, headers=()):
        return self.request('GET', path, headers=headers)

    def post(self, path, fields, headers=()):
        pairs = fields.items() if isinstance(fields, dict) else fields
        return self.request('POST', path, urlencode(list(pairs)).encode(), {
            'Content-Type': 'application/x-www-form-urlencoded', **dict(headers)})

    def upload(self, path, fields, file_name, content, boundary='bien-gioi'):
        body = b''
        for name, value in fields.items():
            body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n').encode()
        body += (f'--{boundary}\r\nContent-Disposition: form-data; name="tep"; filename="{file_name}"\r\n'
                 'Content-Type: application/octet-stream\r\n\r\n').encode() + content + b'\r\n'
        body += f'--{boundary}--\r\n'.encode()
        return self.request('POST', path, body, {
            'Content-Type': f'multipart/form-data; boundary={boundary}'})

    def token(self, path='/moi'):
        return form_of(self.get(path).text, 'khoa')['khoa']

    def section(self, file, section):
        """The form of a section, as pairs of names and values."""
        return forms(self.get(f'/tep/{quote(file)}/muc/{section}').text, 'bieu-mau')

    def save(self, file, section, pairs):
        return self.post(f'/tep/{quote(file)}/muc/{section}', pairs, {'Accept': 'application/json'})


class FormReader(HTMLParser):
    """The forms of a page: what a browser would send of each, without its buttons."""

    def __init__(self):
        super().__init__()
        self.forms, self.current, self.area, self.choice = [], None, None, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == 'form':
            self.current = {'id': given.get('id'), 'action': given.get('action'), 'fields': []}
            self.forms.append(self.current)
        if self.current is None:
            return
        name = given.get('name')
        if tag == 'input' and name and 'disabled' not in given:
            if given.get('type') not in ('checkbox', 'radio', 'file', 'submit') or 'checked' in given:
                self.current['fields'].append((name, given.get('value') or ''))
        elif tag == 'textarea' and name:
            self.area = [name, '']
        elif tag == 'select' and name and 'disabled' not in given:
            self.choice = [name, None]
        elif tag == 'option' and self.choice:
            if self.choice[1] is None or 'selected' in given:
                self.choice[1] = given.get('value', '')

    def handle_endtag(self, tag):
        if self.current is None:
            return
        if tag == 'form':
            self.current = None
        elif tag == 'textarea' and self.area:
            name, text = self.area
            self.current['fields'].append((name, text[1:] if text.startswith('\n') else text))
            self.area = None
        elif tag == 'select' and self.choice:
            self.current['fields'].append((self.choice[0], self.choice[1] or ''))
            self.choice = None

    def handle_data(self, data):
        if self.area:
            self.area[1] += data


def all_forms(html):
    reader = FormReader()
    reader.feed(html)
    return reader.forms


def forms(html, identifier):
    """The fields of the form with an id."""
    for form in all_forms(html):
        if form['id'] == identifier:
            return form['fields']
    raise AssertionError(f'no form {identifier}: {title(html)}')


def form_of(html, name):
    """The fields, by name, of the first form that has a field of the name."""
    for form in all_forms(html):
        if any(field == name for field, _ in form['fields']):
            return dict(form['fields'])
    raise AssertionError(f'no form has {name}: {title(html)}')


def with_value(pairs, name, value):
    """The pairs of a form with another value in one field."""
    assert any(field == name for field, _ in pairs), f'no field {name}'
    seen = False
    result = []
    for field, old in pairs:
        if field == name and not seen:
            result.append((name, value))
            seen = True
        else:
            result.append((field, old))
    return result


def title(html):
    found = re.search(r'<h1[^>]*>(.*?)</h1>', html, re.S) or re.search(r'<title>(.*?)</title>', html, re.S)
    return found.group(1).strip() if found else html[:200]


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def wait(what, condition, seconds=15):
    """Asks again and again until a condition holds."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f'not within {seconds} s: {what}')
        time.sleep(0.02)


class Outcomes:
    """Runs scenarios and prints a line of JSON for each: its name, and what is wrong, or nothing."""

    def __init__(self, only=()):
        self.only = [word for word in only if word]

    def wants(self, text):
        """Tells whether scenarios with a text in their names may be wanted."""
        return not self.only or any(word in text or text in word for word in self.only)

    def run(self, name, scenario, *arguments):
        if self.only and not any(word in name for word in self.only):
            return
        start, wrong = time.monotonic(), ''
        try:
            scenario(*arguments)
        except Exception as error:
            wrong = str(error).strip() or type(error).__name__
            if not isinstance(error, AssertionError):
                wrong = traceback.format_exc(limit=-3) + wrong
        print(json.dumps({'name': name, 'wrong': wrong[:1500], 'seconds': round(time.monotonic() - start, 2)},
                         ensure_ascii=False), flush=True)
