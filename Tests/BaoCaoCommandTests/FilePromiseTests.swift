import CaseFiles
import Foundation
import Testing

/// What the manual promises of files, tried with what a folder may hold by mischief or mishap: pipes,
/// devices, links, full disks, other writers, and the end of the program at any moment.
///
/// A test is a shell script and what it prints; `baocao` in it is the program, which has 20 seconds.
@Suite struct FilePromiseTests {
  struct Trial: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let script: String
    let printed: String

    init(_ title: String, _ script: String, prints printed: String) {
      (testDescription, self.script, self.printed) = (title, script, printed)
    }
  }

  static func run(_ script: String, in workshop: Workshop) throws -> String {
    let start = """
      baocao() { timeout -k 1 20 "$PROGRAM" "$@"; }
      codes() { grep -o '[[][A-Z][0-9]*[]]' | sort -u | tr '\\n' ' ' | sed 's/ $/\\n/'; }
      rename() { sed -i 's/Ví Dụ/Thí Dụ/g; s/VÍ DỤ/THÍ DỤ/g' $report; }
      printf 'x: 1\\n' > d.rec; printf '{{ x }}\\n' > t.md.jinja
      printf 'a;b\\n1;2\\n' > s.csv
      report=data/ubnd-phuong-vi-du-2024-6-thang.rec

      """
    return try workshop.bash(start + script).output
  }

  @Test(arguments: reading + writing + printing) func keeps(_ trial: Trial) throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let printed = try Self.run(trial.script, in: workshop)
    #expect(printed == trial.printed, "\(printed)")
  }

  /// Where files can have but one name, as on a memory stick, a new file is made all the same.
  @Test("a disk without hard links", .enabled(if: Tool("cc").isHere)) func withoutLinks() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let printed = try Self.run(
      """
      printf '#include <errno.h>\\nint link(const char *a, const char *b) { errno = EPERM; return -1; }\\n' \\
        > l.c; cc -w -shared -fPIC l.c -o l.so; export LD_PRELOAD=$PWD/l.so
      baocao new so-ket -o q.rec; baocao new so-ket -o q.rec 2>&1 | codes; ls -A | grep baocao
      """, in: workshop)
    #expect(printed == "q.rec\n[F103]", "\(printed)")
  }

  static let reading = [
    Trial(
      "a pipe, a device or a folder is no file",
      """
      mkfifo p.rec p.csv p.md.jinja; mkdir f.rec f.csv f.md.jinja; mkdir -p k/T
      for e in rec csv md.jinja; do ln -s /dev/zero z.$e; done
      for k in p z f; do
        for c in "check $k.rec" "render $k.rec" "format $k.rec" "fill t.md.jinja $k.rec" \\
          "fill $k.md.jinja d.rec" "import-csv $k.csv --loai so_lieu" "new --from $k.rec" \\
          "import-csv s.csv --loai so_lieu --vao $k.rec" "export-csv $k.rec --loai so_lieu" \\
          "collect $k.rec d.rec -o o.rec"
        do
          case "$c" in "check f.rec" | "render f.rec" | "format f.rec" | "fill t"*"f.rec") continue;; esac
          baocao $c > out.txt 2>&1; s=$?
          test $s = 1 && grep -q 'S003' out.txt || { echo "$c: $s"; cat out.txt; }
        done
      done
      """, prints: ""),
    Trial(
      "a pipe that nobody reads is no place for an output",
      "mkfifo p; baocao fill t.md.jinja d.rec -o p 2>&1 | head -1",
      prints: "lỗi[S004]: không ghi được «p»: thiết bị hoặc bên nhận không có"),
    Trial(
      "endless input", "baocao fill t.md.jinja - < /dev/zero 2>&1 | head -1",
      prints: "lỗi[S006]: «-» lớn quá 64 MB"),
    Trial(
      "folders that lead to themselves, to the top, and twice to one place",
      """
      mkdir -p a/b c; printf 'x: 1\\r\\n' | tee a/d.rec a/b/e.rec c/ngoai.rec > c/g.rec
      ln -s .. a/b/len; ln -s . a/day; ln -s / a/goc; ln -s b a/nua; ln -s ../c a/c
      baocao format a 2> /dev/null; grep -c $'\\r' c/g.rec; ln -s ../c/ngoai.rec a/ngoai.rec
      baocao format a 2>&1 | codes; grep -c $'\\r' c/ngoai.rec
      """,
      prints: "a/d.rec\na/b/e.rec\n1\n[S009] [S015]\n1"),
    Trial(
      "pictures that leave the folder, lexically or by a link, or are no files",
      """
      mkdir x; cp $report x/r.rec; cp -r data/anh x/; cp data/anh/hoi-truong.svg .
      ln -s ../../hoi-truong.svg x/anh/l.svg; mkfifo x/anh/p.svg; ln -s /dev/zero x/anh/z.svg
      for p in ../hoi-truong.svg anh/../../hoi-truong.svg anh/../anh/hoi-truong.svg anh/l.svg \\
        anh/p.svg anh/z.svg $PWD/hoi-truong.svg
      do
        sed -i "s|^tap_tin: .*|tap_tin: $p|" x/r.rec
        baocao render x/r.rec > out.txt 2>&1; echo $? $(codes < out.txt)
      done; ls
      """,
      prints: """
        1 [D111]
        1 [D111]
        1 [D111]
        1 [D111]
        1 [S003]
        1 [D111]
        1 [D111]
        Templates
        d.rec
        data
        hoi-truong.svg
        out.txt
        s.csv
        t.md.jinja
        x
        """),
    Trial(
      "pictures with any name, also one stored decomposed",
      """
      for p in 'a#b.svg' 'a?b.svg' 'a%20b.svg' 'javascript:b.svg' 'a b.svg' 'ảnh (1).svg'; do
        cp data/anh/hoi-truong.svg "data/$p"; sed -i "s|^tap_tin: .*|tap_tin: $p|" $report
        baocao render $report > /dev/null || echo failed
        grep -oh '<img src="[^"]*"' out/*/*.html; test -f "out/ubnd-phuong-vi-du-2024-6-thang/$p" || ls out/*
      done
      cp data/anh/hoi-truong.svg $'data/a\\u0302\\u0301.svg'
      sed -i "s|^tap_tin: .*|tap_tin: ấ.svg|" $report
      baocao render $report > /dev/null; grep -oh '<img src="[^"]*"' out/*/*.html; ls out/*/ấ.svg
      """,
      prints: """
        <img src="a%23b.svg"
        <img src="a%3Fb.svg"
        <img src="a%2520b.svg"
        <img src="javascript%3Ab.svg"
        <img src="a%20b.svg"
        <img src="%E1%BA%A3nh%20%281%29.svg"
        <img src="%E1%BA%A5.svg"
        out/ubnd-phuong-vi-du-2024-6-thang/ấ.svg
        """),
  ]

  static let writing = [
    Trial(
      "a folder of documents that no data file may name",
      """
      for n in .rec ..rec ...rec; do cp $report data/$n; baocao render data/$n 2>&1 | codes; done
      baocao render $report --output '' 2>&1; baocao fill t.md.jinja data -o '' 2>&1; ls -d out .. 2> /dev/null
      """,
      prints: """
        [S013]
        [S013]
        [S013]
        lỗi dùng lệnh: «--output» cần một tên
        lỗi dùng lệnh: «--output» cần một tên
        ..
        """),
    Trial(
      "links planted among the outputs",
      """
      mkdir ngoai out; ln -s ../ngoai out/ubnd-phuong-vi-du-2024-6-thang
      baocao render $report 2>&1 | codes; rm out/*; mkdir out/ubnd-phuong-vi-du-2024-6-thang
      ln -s ../../ngoai out/ubnd-phuong-vi-du-2024-6-thang/anh
      baocao render $report 2>&1 | codes; rm out/*/*
      echo giữ > giu.txt; ln -s ../../giu.txt out/ubnd-phuong-vi-du-2024-6-thang/so-ket.md
      baocao render $report 2>&1 | codes; ls ngoai out/*; cat giu.txt
      """,
      prints: """
        [S009]
        [S009]
        [S004]
        ngoai:

        out/ubnd-phuong-vi-du-2024-6-thang:
        so-ket.md
        giữ
        """),
    Trial(
      "hard links planted among the outputs: other names keep their bytes",
      """
      mkdir -p out/ubnd-phuong-vi-du-2024-6-thang; cp $report cu.rec; echo giữ > giu.txt
      ln $report out/ubnd-phuong-vi-du-2024-6-thang/so-ket.md
      ln giu.txt out/ubnd-phuong-vi-du-2024-6-thang/so-ket.html
      baocao render $report > /dev/null; cmp $report cu.rec; cat giu.txt
      grep -c 'kết quả thực hiện' out/*/so-ket.md > /dev/null && echo mới
      """, prints: "giữ\nmới"),
    Trial(
      "two programs that make one new file: one of them is refused, 20 times",
      """
      printf 'chi_tieu;gia_tri;don_vi\\nA;1;lượt\\n' > a.csv
      for i in {1..20}; do
        rm -f q.rec
        baocao import-csv a.csv --loai so_lieu -o q.rec > /dev/null 2> a.txt & a=$!
        baocao new so-ket -o q.rec > /dev/null 2> b.txt; b=$?; wait $a
        echo $? $b $(cat a.txt b.txt | codes)
      done | sed 's/^1 0/0 1/' | sort | uniq -c | xargs; ls -A | grep baocao
      """, prints: "20 0 1 [F103]"),
    Trial(
      "a limit on the size of files",
      """
      (ulimit -f 4; baocao render $report 2>&1 | codes); ls -A out
      """, prints: "[S004]"),
    Trial(
      "a first run that fails speaks of no documents of an earlier one, and leaves no folders",
      """
      mkdir -p out/ubnd-phuong-vi-du-2024-6-thang/so-ket.html
      baocao render $report 2>&1 | grep -c 'lần trước'; rmdir out/*/so-ket.html; ls -A out/*
      """, prints: "0"),
    Trial(
      "a canonical file need not be writable; a name that is no UTF-8 is told",
      """
      printf '%%rec: a\\n\\nx: 1\\n' > r.rec; chmod 444 r.rec; baocao format r.rec 2>&1; echo $?
      baocao new so-ket -o $'za\\xff.rec' 2>&1 | codes; baocao check $'za\\xff.rec' 2>&1 | head -1
      """,
      prints: """
        1 tệp đã theo dạng chuẩn, không phải đổi gì
        0
        [S004]
        lỗi[S003]: không mở được «za\u{FFFD}.rec»: tên không viết bằng UTF-8, hãy đổi tên
        """),
    Trial(
      "an output folder that is a file",
      "echo 1 > out; baocao render $report 2>&1 | head -1",
      prints: "lỗi[S004]: không ghi được «out»: một phần của đường dẫn không phải là thư mục"),
    Trial(
      "a document that cannot take its place leaves all the old ones",
      """
      baocao render $report > /dev/null; cp -r out cu; rm out/*/*.html
      for f in out/*/*.md; do mkdir ${f%.md}.html; done; rename
      baocao render $report 2>&1 | codes; for f in out/*/*.md; do cmp $f cu/${f#out/}; done
      ls -A out/* | grep baocao; rmdir out/*/*.html
      baocao render $report > /dev/null; for f in out/*/*.md; do cmp -s $f cu/${f#out/} || echo new; done
      """,
      prints: "[S004]\nnew\nnew\nnew"),
    Trial(
      "mode, hard links, links; and what is read-only",
      """
      printf 'x: 1\\r\\n' > d.rec; chmod 640 d.rec; baocao format d.rec > /dev/null 2>&1
      stat -c %a d.rec
      printf 'x: 1\\r\\n' > d.rec; ln d.rec e.rec; ln -s d.rec l.rec; chmod 604 d.rec
      baocao format l.rec > /dev/null 2>&1; stat -c '%a %h %F' d.rec l.rec; cat e.rec
      printf 'x: 1\\r\\n' > r.rec; chmod 444 r.rec; baocao format r.rec 2>&1 | codes; ls -A | grep baocao
      """,
      prints: "640\n604 2 regular file\n777 1 symbolic link\nx: 1\n[S004]"),
    Trial(
      "what is read-only is not written over by a conversion or an import either",
      """
      printf 'x' > r.txt; printf 'Tin.\\n' > tin.txt; printf 'y' > r.rec; chmod 444 r.txt r.rec
      baocao convert --from utf-8 tin.txt -o r.txt --ghi-de 2>&1 | codes
      baocao import tin.txt -o r.rec --ghi-de 2>&1 | codes; cat r.txt r.rec; ls -A | grep baocao
      """,
      prints: "[S004]\n[S004]\nxy"),
    Trial(
      "a result that would take the place of what it is made of",
      """
      baocao fill t.md.jinja d.rec -o d.rec 2>&1 | codes; ln -s t.md.jinja l
      baocao fill t.md.jinja d.rec -o l 2>&1 | codes; cat d.rec t.md.jinja
      """,
      prints: "[S012]\n[S012]\nx: 1\n{{ x }}"),
    Trial(
      "two importers at once, 20 times",
      """
      printf 'noi_dung\\nA\\n' > a.csv; printf 'noi_gui;noi_dung\\nB;C\\n' > b.csv
      for i in {1..20}; do
        printf 'x: 1\\n' > d.rec
        baocao import-csv a.csv --loai nhiem_vu --vao d.rec > /dev/null 2> a.txt & a=$!
        baocao import-csv b.csv --loai kien_nghi --vao d.rec > /dev/null 2> b.txt & b=$!
        wait $a || cat a.txt; wait $b || cat b.txt
        grep -c '^%rec: nhiem_vu\\|^%rec: kien_nghi' d.rec
      done | sort | uniq -c | xargs
      """,
      prints: "20 2"),
    Trial(
      "a file that another program holds",
      "flock d.rec sleep 8 & sleep 0.5; printf 'x: 1\\r\\n' > d.rec; baocao format d.rec 2>&1 | codes; kill $!",
      prints: "[S010]"),
  ]

  static let printing = [
    Trial(
      "a standard output that is full or closed",
      """
      for c in "kinds" "new so-ket" "new so-ket -o n.rec" "fill t.md.jinja d.rec" "--help" \\
        "check $report --json" "format crlf.rec" "import-csv b.csv --loai kien_nghi" \\
        "export-csv $report --loai kien_nghi" "collect --help" "render $report"
      do
        printf 'x: 1\\r\\n' > crlf.rec; printf 'noi_gui;noi_dung\\nB;C\\n' > b.csv; rm -f n.rec
        baocao $c 2> err.txt > /dev/full; s=$?
        test $s = 1 && grep -q 'S014.*hết chỗ' err.txt || { echo "full: $c: $s"; cat err.txt; }
        rm -f n.rec
        baocao $c 2> err.txt >&-; s=$?
        test $s = 1 && grep -q 'S014.*đã đóng' err.txt || { echo "closed: $c: $s"; cat err.txt; }
      done
      { baocao kinds; echo $? > s; } 2> err.txt | true; sleep 0.2; grep -c 'S014' err.txt || cat s
      """, prints: "1"),
    Trial(
      "no other way out for an error",
      "baocao check $report > /dev/full 2>&-; echo $?; baocao fill t.md.jinja - <&- 2>&1 | head -1",
      prints: "0\nlỗi[S003]: không mở được «-»: luồng vào hoặc ra này đã đóng"),
  ]
}
