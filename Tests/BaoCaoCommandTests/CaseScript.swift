import Foundation
import Testing

/// The `script` of a case: what was done with bash before the command is run. It has to succeed.
///
/// It knows `baocao`, and for archives: `seal` seals the small data file `nho.rec` into `kho`, whose bag
/// is `$bag`; `change FILE TEXT` adds a text to a sealed file; `relist BAG` makes the lists of a bag
/// agree with its files; `entry NUMBER` prints an entry of the register without its last line, and
/// `rehash` gives the entries on standard input their sums, as one who knows the form would forge them.
enum CaseScript {
  private static let start = """
    set -e
    baocao() { "$PROGRAM" "$@"; }
    export -f baocao
    bag=kho/goi/nho/cong-van
    cat > nho.rec <<'END'
    %rec: van_ban

    mau: cong-van
    the_thuc: nha-nuoc-2020
    co_quan_chu_quan: UBND THÀNH PHỐ MINH HỌA
    co_quan_ban_hanh: ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ
    so: 312
    ky_hieu: UBND-VHXH
    dia_danh: Ví Dụ
    ngay_ban_hanh: 10/8/2026
    trich_yeu: gửi số liệu thực hiện dân chủ ở cơ sở
    kinh_gui: Sở Nội vụ thành phố Minh Họa
    mo_dau: UBND phường gửi số liệu sáu tháng đầu năm 2026.
    quyen_han: TM. ỦY BAN NHÂN DÂN
    quyen_han: KT. CHỦ TỊCH
    chuc_vu_ky: PHÓ CHỦ TỊCH
    nguoi_ky: Hoàng Văn D
    noi_nhan: Chủ tịch UBND phường
    luu: VT, VHXH

    %rec: su_viec

    co_quan: UBND phường Ví Dụ
    END
    seal() { baocao seal nho.rec -o kho "$@" > /dev/null 2>&1; }
    change() { chmod u+w "$1"; printf '%s' "$2" >> "$1"; }
    relist() (
      cd "$1"; chmod u+w *manifest*
      find data -type f | LC_ALL=C sort | tr '\\n' '\\0' | xargs -0 sha256sum > manifest-sha256.txt
      sha256sum DOC-TOI.txt bag-info.txt bagit.txt manifest-sha256.txt phieu-dung.rec \
        > tagmanifest-sha256.txt
    )
    entry() { awk -v RS= "NR == $1 + 2" kho/so-dang-ky.rec | sed '$d'; }
    rehash() {
      local text=; while IFS= read -r line; do text+="$line"$'\\n'; done
      printf '%sma: %s\\n' "$text" "$(printf '%s' "$text" | sha256sum | cut -c1-64)"
    }

    """

  static func run(_ script: String, in workshop: Workshop) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", start + script]
    process.currentDirectoryURL = URL(fileURLWithPath: workshop.path)
    process.environment = [
      "PROGRAM": Program.url.path, "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "BAOCAO_TU_DIEN": "",
      "LC_ALL": "C.UTF-8",
    ]
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, output)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(
      process.terminationStatus == 0, "\(script)\n\(String(decoding: printed, as: UTF8.self))")
  }
}
