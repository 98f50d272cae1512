"""Measures the office's page under load: 50 people who type at once, and a folder of 1,000 files.

    swift build -c release --product baocao-web
    python3 Tests/Benchmarks/web.py .build/release/baocao-web [SECONDS]

Each of the 50 saves a field of a file of their own every 0.6 s, as the script of the page does while somebody
types, and has the preview made. Says how long the answers take: of 100, 99 are to come within five times the
median. Then the start page is asked for until all of 1,000 files are looked at: the most memory that the process
ever had is to be under 100 MB. What is not so ends it with status 1.
"""
import pathlib
import random
import statistics
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "BaoCaoWebTests"))
from office import Client, Office, with_value

PEOPLE, FILES, PAUSE = 50, 1000, 0.6
SMALL = (ROOT / "Tests" / "BaoCaoWebTests" / "so-ket.rec").read_text(encoding="utf-8")


def client(office, cookies):
    made = Client(office.port)
    made.cookies = dict(cookies)
    return made


def type_on(office, cookies, number, until, times):
    chance, person, name = random.Random(number), client(office, cookies), f"nguoi-{number}"
    pairs = person.section(name, "nhiem_vu")
    time.sleep(chance.uniform(0, PAUSE))
    count = 0
    while time.monotonic() < until:
        count += 1
        start = time.monotonic()
        answer = person.save(name, "nhiem_vu", with_value(pairs, "r.0.noi_dung", f"Công khai lần {count} ở tổ dân phố"))
        times["save"].append(time.monotonic() - start)
        pairs = [(field, answer.json["goc"] if field == "goc" else value) for field, value in pairs]
        start = time.monotonic()
        person.get(f"/tep/{name}/xem/so-ket?o=nhiem_vu.0.noi_dung")
        times["preview"].append(time.monotonic() - start)
        time.sleep(PAUSE)


def load(office, cookies, seconds):
    for number in range(PEOPLE):
        office.write(f"nguoi-{number}.rec", SMALL)
    times = {"save": [], "preview": []}
    until = time.monotonic() + seconds
    people = [threading.Thread(target=type_on, args=(office, cookies, number, until, times)) for number in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    good = True
    for what, found in times.items():
        found.sort()
        middle, late = statistics.median(found), found[len(found) * 99 // 100]
        print(f"{what}: {len(found)} answers, median {middle * 1000:.0f} ms, 99 of 100 within {late * 1000:.0f} ms,"
              f" {late / middle:.1f} times the median")
        good = good and late <= 5 * middle
    return good


def memory(office, cookies):
    for number in range(FILES):
        office.write(f"tep-{number}.rec", SMALL.replace("6 tháng đầu năm 2026", f"6 tháng đầu năm {1990 + number % 36}"))
    person = client(office, cookies)
    start = time.monotonic()
    while 'id="con-lai"' in person.get("/").text:
        pass
    first = time.monotonic() - start
    start = time.monotonic()
    person.get("/")
    again = time.monotonic() - start
    lines = pathlib.Path(f"/proc/{office.process.pid}/status").read_text().splitlines()
    most = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    print(f"{FILES} files: looked at in {first:.1f} s, the list again in {again * 1000:.0f} ms; at most {most:.0f} MB")
    return most < 100


def main():
    program, seconds = sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 10
    with Office(program) as office:
        cookies = office.client().cookies
        good = load(office, cookies, seconds)
    # By itself, so that it is the folder's memory.
    with Office(program) as office:
        good = memory(office, office.client().cookies) and good
    sys.exit(0 if good else 1)


main()
