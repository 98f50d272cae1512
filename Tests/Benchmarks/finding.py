"""Writes many data files for measuring `baocao find`, by default 100,000 of 6 to 7 KB.

    python3 Tests/Benchmarks/finding.py FOLDER [NUMBER]

The values of the data files that ship are mixed anew for each file, with invented bodies, numbers, days and
people. The same call writes the same bytes.
"""
import pathlib
import random
import sys

PLACES = """Đống Đa|Hai Bà Trưng|Bồ Đề|Cầu Giấy|Láng Hạ|Ô Chợ Dừa|Thổ Quan|Khương Thượng|Yên Hòa|Dịch Vọng
Nghĩa Đô|Mai Dịch|Phúc Lợi|Thạch Bàn|Việt Hưng|Giang Biên|Cự Khối|Long Biên|Ngọc Lâm|Gia Thụy""".replace("\n", "|").split("|")
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = "Văn Thị Hữu Đức Minh Ngọc Quốc Thanh Thu Anh".split()
GIVEN = "An Bình Chi Dũng Đạt Giang Hà Hằng Hòa Hùng Khánh Lan Linh Mai Nam Phúc Quân Sơn Thảo Thủy Tuấn Vân Yến".split()
PERIODS = ["quý I", "quý II", "quý III", "6 tháng đầu", "9 tháng đầu", ""]
KINDS = ["so-ket", "tong-ket", "giao-ban", "ke-hoach", "thong-bao", "quyet-dinh"]


def prose(root):
    values = set()
    for path in sorted((root / "data").glob("*.rec")):
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(": ")
            if name in ("noi_dung", "loi", "sapo", "chi_tieu", "cau_cuoi") and len(value) > 30:
                values.add(value)
    return sorted(values)


def file(number, values, chance):
    place, year = chance.choice(PLACES), chance.randint(2010, 2026)
    period = (chance.choice(PERIODS) + f" năm {year}").strip()
    person = lambda: " ".join(map(chance.choice, (FAMILY, MIDDLE, GIVEN)))
    kind = chance.choice(KINDS)
    lines = [
        "%rec: su_viec", "",
        f"co_quan: Ủy ban nhân dân phường {place}", f"ky: {period}", "",
        "%rec: van_ban", "",
        f"mau: {kind}", f"co_quan_ban_hanh: ỦY BAN NHÂN DÂN PHƯỜNG {place.upper()}",
        f"so: {number % 900 + 1}", "ky_hieu: BC-UBND",
        f"ngay_ban_hanh: {chance.randint(1, 28)}/{chance.randint(1, 12)}/{year}",
        f"trich_yeu: Kết quả thực hiện Quy chế dân chủ ở cơ sở {period}",
        "chuc_vu_ky: CHỦ TỊCH", f"nguoi_ky: {person()}", "",
        "%rec: nguoi", "", f"ho_ten: {person()}", "chuc_vu: Bí thư Đảng ủy phường", "",
        "%rec: ket_qua", "",
    ]
    size, wanted = 0, chance.randint(5200, 6000)
    while size < wanted:
        value = chance.choice(values)
        lines += [f"noi_dung: {value}", ""]
        size += len(value.encode()) + 12
    if number % 1000 == 7:
        lines += [f"noi_dung: Sáng kiến «chợ nổi số {number}» được phường {place} nhân rộng", ""]
    return "\n".join(lines)


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    values, chance = prose(root), random.Random(2026)
    for number in range(count):
        inner = folder / f"{number // 500:03}"
        if number % 500 == 0:
            inner.mkdir(parents=True, exist_ok=True)
        (inner / f"bao-cao-{number:06}.rec").write_text(file(number, values, chance), encoding="utf-8")


if __name__ == "__main__":
    main()
