# Random forms, the same in every run: never an answer of 5xx, never a file that cannot be read. Prints a
# line of JSON for each round: `fuzz.py PROGRAM [part of a name]…`; `fuzz.py --names` prints the names.
import random, sys
from office import *

HERE = os.path.dirname(os.path.abspath(__file__))
SMALL = open(os.path.join(HERE, 'so-ket.rec'), encoding='utf-8').read()
ROUNDS, REQUESTS = 6, 25
RECINF = shutil.which('recinf')
SECTIONS = ['su_viec', 'van_ban', 'ket_qua', 'nhiem_vu', 'so_lieu', 'danh_gia', 'can_cu', 'phan', 'bang', 'khong_co']
VALUES = [
    '', ' ', '\n', '\r\n', '\r', '\t', '\x00', '\x1b[31m', '\u2028', '\ufeff', '\u202e', '#', '# a', '+', '+ a', '%rec: x',
    '%', 'a: b', '\n\n%rec: van_ban\n\nmau: tong-ket', 'a\n\nb: c', '\n# a\n+ b', 'a\\', 'a\\\nb', '{{ 7 * 7 }}', '{% raw %}',
    '<script>', '&amp;', '[[a]]', '**a**', '|a|b|', '```', '1.400', '1,400', '-0', '1' * 400, '31/6/2026', '28/6/2026',
    'so-ket', 'tong-ket', 'khong-co', 'quan_triet', 'co', '../../etc/passwd', 'a' * 20_000, 'ắ' * 3000, 'e\u0302\u0301' * 50,
    '👩‍👩‍👧‍👦', '\U0010ffff', 'x' * 100 + ' ' * 1000 + 'y', '(' * 2000, '[' * 2000, '"' * 2000, '_' * 2000 + 'a', '*' * 2000 + 'a',
]
DEEDS = ['', 'ghi', 'them', 'xoa.0', 'len.1', 'xuong.0', 'xoa.', 'len.99', 'dung.0', 'dung.', 'dung.x', '.', '..', 'xoa.moi0']


class Fuzz:
    def __init__(self, program):
        self.office = Office(program)
        self.client = self.office.client()
        self.token = self.client.token()

    def value(self, chance):
        text = chance.choice(VALUES)
        while chance.random() < 0.2 and len(text) < 30_000:
            text += chance.choice(['', ' ', '\n', 'a']) + chance.choice(VALUES)
        return text

    def changed(self, chance, pairs):
        """The pairs of a form after some random deeds."""
        pairs = list(pairs)
        for _ in range(chance.randrange(1, 5)):
            deed = chance.randrange(7)
            place = chance.randrange(len(pairs)) if pairs else 0
            if deed <= 2 and pairs:
                name = pairs[place][0]
                if name not in ('khoa', 'goc') and not name.endswith('.@'):
                    pairs[place] = (name, self.value(chance))
            elif deed == 3 and pairs:
                if pairs[place][0] != 'khoa':
                    pairs.insert(place, pairs[place])
            elif deed == 4 and pairs:
                if pairs[place][0] != 'khoa':
                    del pairs[place]
            elif deed == 5:
                record = chance.choice(['0', '1', '9', 'moi0', 'moi', '-1', '', 'a' * 300])
                field = chance.choice(['@', 'noi_dung', 'chi_tieu', 'gia_tri', 'mau', 'bo_qua', 'khong_co', '', 'a b', 'a:b', '%rec', '\n'])
                value = chance.choice(['', '0', '1', '-1', '99']) if field == '@' else self.value(chance)
                pairs.append((f'r.{record}.{field}', value))
            else:
                pairs.append(('lam', chance.choice(DEEDS)))
        if chance.random() < 0.1:
            pairs.append((f'xd.{chance.choice(["0", "", "x"])}.o', chance.choice(['0.noi_dung', '0', '.', '0.mau'])))
        return pairs

    def request(self, chance, name, old):
        section = chance.choice(SECTIONS)
        way = chance.random()
        if way < 0.1:
            table = '\n'.join('\t'.join(self.value(chance) for _ in range(chance.randrange(4)))
                              for _ in range(chance.randrange(5)))
            fields = [('khoa', self.token), ('bang', table)] + ([('thay', '1')] if chance.random() < 0.3 else [])
            return f'dan {section}', self.client.post(f'/tep/{name}/dan/{section}', fields)
        if way < 0.15:
            return 'bo-qua', self.client.post(f'/tep/{name}/bo-qua', [
                ('khoa', self.token), ('ma', chance.choice(['K230', 'R201', '', 'x\ny', 'K101 a'])), ('ly_do', self.value(chance))])
        page = self.client.get(f'/tep/{name}/muc/{section}')
        if page.status != 200:
            pairs = [('khoa', self.token), ('goc', '0' * 64)]
        else:
            pairs = forms(page.text, 'bieu-mau')
            old.append(pairs)
            # A form that somebody opened some time ago.
            if chance.random() < 0.2:
                pairs = chance.choice(old)
        headers = {'Accept': 'application/json'} if chance.random() < 0.7 else {}
        return f'muc {section}', self.client.post(f'/tep/{name}/muc/{section}', self.changed(chance, pairs), headers)

    def round(self, number):
        chance, name, old = random.Random(number), f'tep-{number}', []
        self.office.write(f'{name}.rec', SMALL)
        for count in range(REQUESTS):
            before = self.office.read(f'{name}.rec')
            what, answer = self.request(chance, name, old)
            expect(answer.status < 500, f'request {count} ({what}) answers {answer.status}: {title(answer.text)}')
            after = self.office.read(f'{name}.rec')
            if after == before:
                continue
            expect(answer.status < 400 or answer.status == 409, f'request {count} ({what}) answers {answer.status} and is saved')
            # Not to be read again by the page that wrote it would be the end of a file.
            page = self.client.get(f'/tep/{name}/muc/nhiem_vu')
            if page.status != 200:
                raise AssertionError(f'request {count} ({what}) leaves what cannot be read: {page.status} {title(page.text)} '
                                     f'{page.text[-700:]}')
            expect(self.types(after) <= self.types(before) | set(SECTIONS), f'request {count} ({what}) adds {self.types(after)}')
            seen = self.client.get(f'/tep/{name}/xem/so-ket')
            expect(seen.status < 500, f'request {count} ({what}): the preview answers {seen.status}')
        self.office.check_runs()
        if RECINF:
            # A reader of another maker; what the fields hold is for the checks.
            done = subprocess.run(['recinf', self.office.path(f'{name}.rec')], capture_output=True)
            expect(done.returncode == 0, f'recinf: {done.stderr[:300]}')

    def types(self, text):
        return set(re.findall(r'^%rec: (\S+)', text, re.M))


def main():
    names = [f'round {number}' for number in range(1, ROUNDS + 1)]
    if '--names' in sys.argv:
        return print('\n'.join(names))
    fuzz, outcomes = Fuzz(sys.argv[1]), Outcomes(sys.argv[2:])
    try:
        for number, name in enumerate(names, 1):
            outcomes.run(name, fuzz.round, number)
    finally:
        fuzz.office.end()


main()
