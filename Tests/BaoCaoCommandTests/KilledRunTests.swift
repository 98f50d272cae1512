import Foundation
import Reports
import Testing

/// A run that ends before its time, at any moment, leaves the old documents or the new ones.
@Suite struct KilledRunTests {
  /// Makes `cu` and `moi`, the documents of two states of a data file with large pictures, so that
  /// much of a run is writing.
  private static let prepare = """
    for i in 1 2 3 4 5 6; do
      { cat data/anh/hoi-truong.svg; head -c 200000 /dev/zero | tr '\\0' $i; } > data/anh/$i.svg
      printf 'chu_thich: Hội nghị %s\\nvi_tri: giua\\ntap_tin: anh/%s.svg\\nmo_ta: Ảnh %s\\n\\n' $i $i $i
    done > them.txt
    sed -i '/^tap_tin: anh.hoi-truong/,/^$/{/^$/{r them.txt
    }}' $report
    baocao render $report --output cu > /dev/null 2>&1 || echo not rendered
    rename
    for i in 1 2 3 4 5 6; do echo '<!-- x -->' >> data/anh/$i.svg; done
    start=$(date +%s%N); baocao render $report --output moi > /dev/null 2>&1
    time=$((($(date +%s%N) - start) / 1000)); cmp -s cu/*/so-ket.md moi/*/so-ket.md && echo no change
    ls moi/*/anh | wc -l
    state() { diff -r cu out > /dev/null && s=old || { diff -r moi out > /dev/null && s=new || s=mixed; }; }

    """

  @Test("60 kills at moments that a seed chooses, of them 20 that a program can hear")
  func kills() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let script = """
      RANDOM=2026; mkdir out; mixed=0
      for i in {1..60}; do
        rm -rf out; cp -r cu out
        case $((i % 6)) in 0) signal=TERM;; 1) signal=INT;; *) signal=KILL;; esac
        "$PROGRAM" render $report > /dev/null 2>&1 & p=$!
        sleep $(printf '0.%06d' $((time * (RANDOM % 100) / 100 % 1000000)))
        kill -$signal $p 2> /dev/null; wait $p 2> /dev/null
        if test $signal != KILL; then ls -A out/* | grep baocao && echo left behind by $signal; fi
        state; test $s = mixed || continue
        # The next run may have nothing to write itself.
        mv $report r; echo 'x: 1' > $report; baocao render $report > /dev/null 2>&1; mv r $report
        state; test $s = mixed && { echo mixed; diff -rq moi out; }
      done; echo done
      """
    let printed = try FilePromiseTests.run(Self.prepare + script, in: workshop)
    #expect(printed == "7\ndone", "\(printed)")
  }

  @Test("what a run left at each step of moving its files", arguments: 0...4)
  func leftBehind(step: Int) throws {
    let folder = NSTemporaryDirectory() + "baocao-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let scratch = folder + "/.baocao-x"
    func put(_ text: String, _ path: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    func text(_ name: String) -> String? {
      let data = FileManager.default.contents(atPath: folder + "/" + name)
      return data.map { String(decoding: $0, as: UTF8.self) }
    }
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    for (number, name) in ["a", "b", "c"].enumerated() {
      let isMoved = number < step - 1
      try put(isMoved ? "new" : "old", folder + "/" + name)
      if !isMoved { try put("new", "\(scratch)/\(number).moi") }
      try put("old", "\(scratch)/\(number).cu")
    }
    // Another's files and a way out of the folder are left alone.
    try put("own", folder + "/.baocao")
    if step > 0 { try put("> a\n> b\n= c\n> ../d\n", scratch + "/danh-sach") }
    try put("out", scratch + "/3.moi")
    try Files.finishOutputs(in: folder)
    let state = step == 0 ? "old" : "new"
    #expect(["a", "b", "c"].map { text($0) } == [state, state, state])
    let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(left == [".baocao", "a", "b", "c"])
  }

  @Test("a file that was left behind is removed, one that is being written is not")
  func leftFiles() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let script = """
      touch .baocao-1 .baocao-2; ln -s d.rec .baocao-3; flock .baocao-2 sleep 5 & sleep 0.3
      baocao fill t.md.jinja d.rec -o o.md; ls -A | grep baocao; kill $!
      """
    #expect(
      try FilePromiseTests.run(script, in: workshop) == ".baocao-2\n.baocao-3")
  }

  @Test(
    "a full disk keeps the old documents",
    .enabled(if: getuid() == 0, "only root may mount a small disk"))
  func fullDisk() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let script = """
      mkdir dia; mount -t tmpfs -o size=200k none dia 2> /dev/null || { echo skipped; exit; }
      baocao render $report --output dia > /dev/null; cp -r dia cu
      rename; head -c 300000 /dev/zero > dia/day 2> /dev/null
      baocao render $report --output dia 2>&1 | head -1 | grep -o 'hết chỗ.*'
      rm -f dia/day; diff -r cu dia && echo same
      baocao fill t.md.jinja d.rec -o dia/a.md; head -c 300000 /dev/zero > dia/day 2> /dev/null
      printf 'x: %s\\n' {1..9999} > d.rec; printf '{{ x }}' > t.md.jinja
      baocao fill t.md.jinja d.rec -o dia/a.md 2>&1 | head -1; cat dia/a.md; ls -A dia | grep baocao
      umount dia
      """
    let printed = try FilePromiseTests.run(script, in: workshop)
    if printed == "skipped" { try Test.cancel("no disk could be mounted") }
    #expect(
      printed == """
        hết chỗ trên đĩa
        same
        lỗi[S004]: không ghi được «dia/a.md»: hết chỗ trên đĩa
        1
        """)
  }
}
