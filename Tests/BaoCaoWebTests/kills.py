# Saves are sent one after another and the server is killed in between, at moments that are the same in every
# run: what was answered is in the file, and nothing is damaged. Prints a line of JSON for each:
# `kills.py PROGRAM [part of a name]…`; `kills.py --names` prints the names.
import random, sqlite3, sys, threading
from office import *

HERE = os.path.dirname(os.path.abspath(__file__))
SMALL = open(os.path.join(HERE, 'so-ket.rec'), encoding='utf-8').read()
MOMENTS = 30
RECFIX = shutil.which('recfix')


class Kills:
    def __init__(self, program):
        self.office = Office(program)
        self.cookies = self.office.client().cookies

    def client(self):
        client = Client(self.office.port)
        client.cookies = dict(self.cookies)
        return client

    def at(self, number):
        """Kills the server while saves are under way, starts it again and looks at what is left."""
        chance = random.Random(number)
        name = f'tep-{number}'
        # Of different sizes, so that the moments fall into different parts of the work.
        self.office.write(f'{name}.rec', SMALL + ''.join(
            f'\nchi_tieu: Chỉ tiêu {row}\ngia_tri: {row}\ndon_vi: lượt\n' for row in range(chance.choice([0, 50, 400]))))
        client = self.client()
        pairs = client.section(name, 'van_ban')
        sent, answered = 0, 0
        killer = threading.Timer(chance.uniform(0.005, 0.25), self.office.process.kill)
        killer.start()
        try:
            while sent < 1000:
                sent += 1
                answer = client.save(name, 'van_ban', with_value(pairs, 'r.0.dia_danh', f'Lần {sent}'))
                expect(answer.status == 200, f'save {sent} answers {answer.status}: {title(answer.text)}')
                answered = sent
                pairs = [(field, answer.json['goc'] if field == 'goc' else value) for field, value in pairs]
        except (OSError, http.client.HTTPException):
            pass
        killer.join()
        self.office.kill()
        self.office.start()
        text = self.office.read(f'{name}.rec')
        found = re.search(r'^dia_danh: (.*)$', text, re.M)
        expect(found, 'the field is gone')
        kept = 0 if found.group(1) == 'Ví Dụ' else int(found.group(1).removeprefix('Lần '))
        expect(answered <= kept <= sent, f'{answered} saves were answered of {sent}, and the file has number {kept}')
        expect(text.replace(f'dia_danh: {found.group(1)}', 'dia_danh: Ví Dụ').startswith(SMALL), 'the rest is not as it was')
        self.check_folder(name)
        client = self.client()
        answer = client.get(f'/tep/{name}/phien-ban')
        expect(answer.status == 200, f'the versions answer {answer.status}')
        # What is under way is taken up again.
        pairs = client.section(name, 'van_ban')
        answer = client.save(name, 'van_ban', with_value(pairs, 'r.0.dia_danh', 'Sau cùng'))
        expect(answer.status == 200 and 'dia_danh: Sau cùng' in self.office.read(f'{name}.rec'), 'it cannot be saved')

    def check_folder(self, name):
        if RECFIX:
            done = subprocess.run([RECFIX, self.office.path(f'{name}.rec')], capture_output=True, text=True)
            expect(done.returncode == 0, f'recfix: {done.stderr[:300]}')
        database = sqlite3.connect(self.office.path('baocao-web.sqlite'))
        try:
            expect(database.execute('PRAGMA integrity_check').fetchone()[0] == 'ok', 'the database is damaged')
            # A version whose bytes are gone could not be taken back.
            lost = database.execute('SELECT count(*) FROM version WHERE sum NOT IN (SELECT sum FROM content)').fetchone()
            expect(lost[0] == 0, f'{lost[0]} versions have no bytes')
        finally:
            database.close()

    def leaves_nothing(self):
        """Nothing half-written lies about after all that."""
        known = re.compile(r'tep-\d+\.rec|baocao-web\.sqlite(-wal|-shm)?')
        strange = [name for name in os.listdir(self.office.folder) if not known.fullmatch(name)]
        expect(not strange, f'what is left: {strange[:5]}')


def names():
    return [f'moment {number}' for number in range(1, MOMENTS + 1)] + ['leaves nothing']


def main():
    if '--names' in sys.argv:
        return print('\n'.join(names()))
    kills, outcomes = Kills(sys.argv[1]), Outcomes(sys.argv[2:])
    try:
        for number in range(1, MOMENTS + 1):
            outcomes.run(f'moment {number}', kills.at, number)
        outcomes.run('leaves nothing', kills.leaves_nothing)
    finally:
        kills.office.end()


main()
