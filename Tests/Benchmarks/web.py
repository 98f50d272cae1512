"""Measures the office's page: what a request costs, 50 people who type at once, and a folder of 1,000 files.

    swift build -c release --product baocao-web
    swift build -c release --product baocao
    python3 Tests/Benchmarks/web.py .build/release/baocao-web .build/release/baocao [SECONDS]

What saving a field with its checks and making the preview costs the server is to be at most three times what
`check` and `render` cost for a file, of many in one process.

Each of the 50 saves a field of a file of their own every 0.6 s, as the script of the page does while somebody
types, and has the preview made. Says how long the answers take: of 100, 99 are to come within five times the
median. Then the start page is asked for until all of 1,000 files are looked at: the most memory that the process
ever had is to be under 100 MB. What is not so ends it with status 1.
"""
import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
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


def children_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def process_time(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def in_process(baocao, command, folder, text):
    """Seconds of processor time that a file costs more, of many in one run."""
    spent = []
    for count in (1, 401):
        files = pathlib.Path(folder) / f"{command[0]}-{count}"
        files.mkdir()
        for number in range(count):
            (files / f"tep-{number}.rec").write_text(text, encoding="utf-8")
        start = children_time()
        subprocess.run([baocao, *command, files], cwd=folder, check=True, capture_output=True)
        spent.append(children_time() - start)
    return (spent[1] - spent[0]) / 400


def cost(office, cookies, baocao, text=SMALL, section="nhiem_vu", field="r.0.noi_dung", document="so-ket"):
    os.environ["BAOCAO_TEMPLATES"] = str(ROOT / "Templates")
    with tempfile.TemporaryDirectory() as folder:
        parts = [
            in_process(baocao, command, folder, text)
            for command in (["check"], ["render", "--mau", document, "--to", "html"])]
    person, name, count = client(office, cookies), "mot", 400
    office.write(f"{name}.rec", text)
    pairs = person.section(name, section)
    spent = [0, 0]
    for number in range(count):
        start = process_time(office.process.pid)
        answer = person.save(name, section, with_value(pairs, field, f"Công khai lần {number} ở tổ dân phố"))
        pairs = [(key, answer.json["goc"] if key == "goc" else value) for key, value in pairs]
        middle = process_time(office.process.pid)
        person.get(f"/tep/{name}/xem/{document}?o={section}.0.noi_dung")
        spent[0] += middle - start
        spent[1] += process_time(office.process.pid) - middle
    spent = [seconds / count for seconds in spent]
    times = sum(spent) / sum(parts)
    print(f"check {parts[0] * 1000:.1f} ms, render {parts[1] * 1000:.1f} ms; save {spent[0] * 1000:.1f} ms, preview"
          f" {spent[1] * 1000:.1f} ms of processor time: {times:.1f} times")
    return times <= 3


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
    program, baocao, seconds = sys.argv[1], os.path.abspath(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 10
    with Office(program) as office:
        good = cost(office, office.client().cookies, baocao)
    with Office(program) as office:
        good = load(office, office.client().cookies, seconds) and good
    # By itself, so that it is the folder's memory.
    with Office(program) as office:
        good = memory(office, office.client().cookies) and good
    sys.exit(0 if good else 1)


main()
