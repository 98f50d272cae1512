import Testing

/// The `script` of a case: what was done with bash before the command is run. It has to succeed.
///
/// It knows `baocao`, and for archives: `seal` seals the small data file `nho.rec` into `kho`, whose bag
/// is `$bag`; `change FILE TEXT` adds a text to a sealed file; `relist BAG` makes the lists of a bag
/// agree with its files; `entry NUMBER` prints an entry of the register without its last line, and
/// `rehash` gives the entries on standard input their sums, as one who knows the form would forge them.
enum CaseScript {
  private static let start =
    SmallLetter.function + """
      set -e
      baocao() { "$PROGRAM" "$@"; }
      export -f baocao
      bag=kho/goi/nho/cong-van
      letter 312 'gửi số liệu thực hiện dân chủ ở cơ sở' 'gửi số liệu sáu tháng đầu năm 2026' > nho.rec
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
    let outcome = try workshop.bash(start + script)
    try #require(outcome.status == 0, "\(script)\n\(outcome.output)")
  }
}
