"""Measures sealing, verifying, rebuilding and finding in archives, beside `baocao render`, bagit.py and grep.

    python3 Tests/Benchmarks/archives.py BAOCAO FOLDER [LETTERS [REPORTS [JOBS]]]

BAOCAO is a release build, FOLDER a new folder on the disk that is measured; by default 100,000 letters of 1 KB,
each one document, and 10,000 half-year reports of 16 KB, each three documents, are written into it. The same
call writes the same files. bagit.py is that of `.ci/install --test`. Every row says how long a command took,
how much processor time of it, and how much memory it held at most.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
REPORT = ROOT / "data" / "ubnd-phuong-vi-du-2024-6-thang.rec"
# What bagit.py bags, of each archive: it is the slower one.
BAGGED = 1000

LETTER = """%rec: van_ban

mau: cong-van
the_thuc: nha-nuoc-2020
co_quan_chu_quan: UBND THÀNH PHỐ MINH HỌA
co_quan_ban_hanh: ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ
so: {number}
ky_hieu: UBND-VHXH
dia_danh: Ví Dụ
ngay_ban_hanh: 10/8/2026
trich_yeu: gửi số liệu đợt {number}
kinh_gui: Sở Nội vụ thành phố Minh Họa
mo_dau: UBND phường gửi số liệu đợt {number}{rare}.
quyen_han: TM. ỦY BAN NHÂN DÂN
quyen_han: KT. CHỦ TỊCH
chuc_vu_ky: PHÓ CHỦ TỊCH
nguoi_ky: Hoàng Văn D
noi_nhan: Chủ tịch UBND phường
luu: VT, VHXH

%rec: su_viec

co_quan: UBND phường Ví Dụ
"""


def write_letters(folder, count):
    folder.mkdir(parents=True)
    for number in range(1, count + 1):
        rare = " tại chợ nổi" if number % 1000 == 7 else ""
        (folder / f"thu-{number}.rec").write_text(LETTER.format(number=number, rare=rare), encoding="utf-8")


def write_reports(folder, count):
    """The report that ships, with other numbers of documents and other figures."""
    folder.mkdir(parents=True)
    shutil.copytree(REPORT.parent / "anh", folder / "anh")
    text = REPORT.read_text(encoding="utf-8")
    for number in range(1, count + 1):
        changed = text
        for old, new in (("so: 145", f"so: {number}"), ("gia_tri: 42", f"gia_tri: {10 + number % 80}")):
            changed = changed.replace(old + "\n", new + "\n", 1)
        (folder / f"bao-cao-{number}.rec").write_text(changed, encoding="utf-8")


def measure(label, documents, words):
    """Runs a command, prints its row, and returns its processor time for a document."""
    with open(os.devnull, "wb") as nowhere:
        start = time.monotonic()
        process = subprocess.Popen([str(word) for word in words], stdout=nowhere, stderr=subprocess.PIPE)
        said = process.stderr.read().decode(errors="replace").strip().splitlines()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
    processor = usage.ru_utime + usage.ru_stime
    rate = f"{documents / wall:8.0f}/s" if documents else " " * 10
    print(f"{label:44} {wall:8.2f} s {rate} {processor:8.2f} s of processor {usage.ru_maxrss / 1024:6.0f} MB",
          flush=True)
    if os.waitstatus_to_exitcode(status) not in (0,):
        print("    status", os.waitstatus_to_exitcode(status), *said[-3:], sep="\n    ", flush=True)
    return processor / max(1, documents), wall / max(1, documents)


def bag(archive, folder):
    """Lets bagit.py bag the same payloads, which are copied before."""
    folder.mkdir()
    bags = sorted(archive.glob("goi/*/*"))[:BAGGED]
    for number, bag in enumerate(bags):
        shutil.copytree(bag / "data", folder / str(number))
    subprocess.run(["sync"], check=True)
    tool = ROOT / ".build-tools" / "bin" / "bagit.py"
    # Its own work alone: one sum, as ours.
    figures = measure("bagit.py --sha256, the same payloads", len(bags),
                      [tool, "--quiet", "--sha256", *sorted(folder.iterdir())])
    shutil.rmtree(folder)
    return figures


def disk(archive, documents):
    seen, used = set(), 0
    for place, folders, files in os.walk(archive):
        for name in folders + files:
            status = os.lstat(os.path.join(place, name))
            if status.st_ino not in seen:
                seen.add(status.st_ino)
                used += status.st_blocks * 512
    register = (archive / "so-dang-ky.rec").stat().st_size
    print(f"    of a document: {len(seen) / documents:.1f} inodes, {used / documents / 1024:.1f} KB of disk, "
          f"{register / documents:.0f} bytes of register", flush=True)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(sys.argv[2])
    letters, reports, jobs = (int(word) for word in (sys.argv[3:] + ["100000", "10000", "2"][len(sys.argv) - 3:]))
    os.environ.setdefault("BAOCAO_TEMPLATES", str(ROOT / "Templates"))
    os.environ["LC_ALL"] = "C.UTF-8"
    jobs = ["--jobs", jobs]
    for name, count, each, write in (("thu", letters, 1, write_letters), ("bao-cao", reports, 3, write_reports)):
        if not count:
            continue
        data, archive, documents = folder / name, folder / f"kho-{name}", count * each
        write(data, count)
        print(f"{count} data files, {documents} documents", flush=True)
        seal = [program, "seal", data, "-o", archive, *jobs]
        sealing = measure("seal", documents, seal)
        disk(archive, documents)
        measure("seal again, nothing changed", documents, seal)
        measure("verify", documents, [program, "verify", archive, *jobs])
        if name == "bao-cao":
            batch = measure("render, Markdown and HTML", documents, [program, "render", data, "--output", folder / "out", *jobs])
            rebuilding = measure("rebuild", documents, [program, "rebuild", archive, *jobs])
            print(f"    rebuilding has {batch[0] / rebuilding[0]:.2f} of the speed of render by processor time, "
                  f"{batch[1] / rebuilding[1]:.2f} by the clock")
        bagging = bag(archive, folder / "bagit")
        print(f"    sealing is {bagging[0] / sealing[0]:.1f} times as fast as bagit.py by processor time, "
              f"{bagging[1] / sealing[1]:.1f} by the clock", flush=True)
        if name == "thu":
            find = [program, "find", "chợ nổi", "--trong", archive]
            measure("find, the index made", documents, find)
            ours = measure("find", 0, find)
            grep = measure("grep -r, data files alone", 0, ["grep", "-r", "--include=thu-*.rec", "chợ nổi", archive / "goi"])
            whole = measure("grep -r, all of the archive", 0, ["grep", "-r", "chợ nổi", archive / "goi"])
            print(f"    grep takes {grep[0] / ours[0]:.0f} and {whole[0] / ours[0]:.0f} times as long as find "
                  "by processor time", flush=True)


main()
