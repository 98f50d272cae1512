import CaseFiles
import Foundation
import Testing

/// `baocao find` as several at once, killed, on a full disk and on a terminal.
@Suite struct FindTests {
  private static let prepare = """
    for i in {1..150}; do
      printf '%%rec: van_ban\\n\\nmau: so-ket\\ntrich_yeu: Quy chế số %s\\n\\n%%rec: ket_qua\\n\\n' $i
      for j in {1..40}; do printf 'noi_dung: Phường Đống Đa làm việc thứ %s của tổ %s\\n\\n' $j $i; done
    done > nguon; mkdir kho; csplit -s -z -n 3 -f kho/x nguon '/%rec: van_ban/' '{*}'
    for f in kho/x*; do mv $f $f.rec; done
    find() { timeout -k 1 60 "$PROGRAM" find 'dong da' --trong kho --toi-da 999 "$@" 2>&1; }

    """

  @Test("searches that make the index together all find the same") func together() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let script = """
      for i in 1 2 3 4 5 6; do { find > $i.txt; echo $? >> $i.txt; } & done; wait
      for i in 2 3 4 5 6; do cmp 1.txt $i.txt; done; grep -c rec 1.txt; tail -1 1.txt
      for i in 1 2 3; do { find --lap-lai-chi-muc > $i.new; echo $? >> $i.new; } & done; wait
      for i in 1 2 3; do cmp 1.txt $i.new; done
      """
    let printed = try FilePromiseTests.run(Self.prepare + script, in: workshop)
    #expect(printed == "150\n0", "\(printed)")
  }

  @Test("a killed search leaves an index that is right or made right") func kills() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let script = """
      start=$(date +%s%N); find > right.txt; time=$((($(date +%s%N) - start) / 1000)); RANDOM=2026
      for i in {1..25}; do
        if test $((i % 3)) = 0; then rm -f kho/tim*; fi
        for f in kho/x0[0-3]*.rec; do echo "# $i" >> $f; done
        "$PROGRAM" find 'dong da' --trong kho > /dev/null 2>&1 & p=$!
        sleep $(printf '0.%06d' $((time * (RANDOM % 100) / 100 % 1000000)))
        kill -KILL $p 2> /dev/null; wait $p 2> /dev/null
        find > now.txt; cmp right.txt now.txt
      done; ls -A kho | grep -v '^x'
      """
    let printed = try FilePromiseTests.run(Self.prepare + script, in: workshop)
    #expect(printed == "tim-kiem.sqlite\ntim-kiem.sqlite-journal", "\(printed)")
  }

  @Test(
    "a full disk is told, and the next search finds all",
    .enabled(if: getuid() == 0, "only root may mount a small disk"))
  func fullDisk() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let script = """
      find > right.txt; rm kho/tim*; mkdir dia
      mount -t tmpfs -o size=800k none dia 2> /dev/null || { echo skipped; exit; }
      mv kho cu; mkdir kho; mount --bind dia kho; cp cu/* kho/
      find; echo $?; mount -o remount,size=9m dia; find > now.txt; cmp right.txt now.txt
      umount kho dia
      """
    let printed = try FilePromiseTests.run(Self.prepare + script, in: workshop)
    if printed == "skipped" { try Test.cancel("no disk could be mounted") }
    #expect(
      printed == """
        lỗi[S004]: không ghi được «kho/tim-kiem.sqlite»: hết chỗ trên đĩa

        1 lỗi, 0 lưu ý
        1
        """)
  }

  @Test("words are marked on a terminal, and not in a pipe") func marks() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let script = """
      command -v script > /dev/null || { echo skipped; exit; }
      script -qec "$PROGRAM find 'quy che so 7' --trong kho" /dev/null | tr -d '\\r' | grep -a Quy
      find | grep -c $'\\e'
      """
    let printed = try FilePromiseTests.run(Self.prepare + script, in: workshop)
    if printed == "skipped" { try Test.cancel("script is not installed") }
    #expect(printed == "    \u{1B}[1mQuy chế số 7\u{1B}[22m\n0")
  }

  @Test("the commands of the manual run") func manual() throws {
    let page = try String(
      contentsOfFile: packageRoot(ofTest: #filePath) + "/Sources/Finding/Finding.docc/Searching.md",
      encoding: .utf8)
    let commands = page.matches(of: /\n\$ (baocao find .+)/).map { String($0.1) }
    #expect(!commands.isEmpty)
    for command in commands {
      let workshop = try Workshop()
      defer { workshop.remove() }
      let printed = try FilePromiseTests.run("\(command) 2> /dev/null; echo $?", in: workshop)
      #expect(printed.hasPrefix("data/") && printed.hasSuffix("\n0"), "\(command): \(printed)")
    }
  }
}
