import CaseFiles
import Foundation
import Testing

/// Archives of sealed documents, checked by others' tools, made in other ways, and interrupted.
@Suite struct SealedArchiveTests {
  /// `seal_all ARCHIVE …` seals the shipped data; `numbered NUMBER` prints a letter, and `small FOLDER COUNT`
  /// writes as many.
  private static let prepare =
    SmallLetter.function + """
      seal_all() { "$PROGRAM" seal data --to markdown,html,text -o "$@" > /dev/null 2> err || cat err; }
      some() { for file in data/*.rec; do case $file in *-thang*) ;; *) rm $file;; esac; done; }
      numbered() { letter $1 "gửi số liệu đợt $1" "gửi số liệu đợt $1"; }
      small() { mkdir -p $1; for i in $(seq 1 $2); do numbered $i > $1/thu-$i.rec; done; }

      """

  private static func run(_ script: String) throws -> String {
    let workshop = try Workshop()
    defer { workshop.remove() }
    return try FilePromiseTests.run(prepare + script, in: workshop)
  }

  private static let validator = Tool("bagit.py")

  @Test(
    "bagit.py accepts every bag of the shipped data, and it is the same as it was",
    .enabled(if: validator.isHere, "bagit.py is not installed"))
  func validBags() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    _ = try FilePromiseTests.run(Self.prepare + "seal_all kho", in: workshop)
    let bags = try FilePromiseTests.run("ls -d $PWD/kho/goi/*/*", in: workshop)
    let paths = bags.split(separator: "\n").map(String.init)
    #expect(paths.count >= 60)
    let outcome = try Self.validator.run(["--validate"] + paths)
    #expect(outcome.status == 0, "\(outcome.output)")
    let valid = outcome.output.split(separator: "\n").count { $0.hasSuffix("is valid") }
    #expect(valid == paths.count, "\(outcome.output)")
    let state = try FilePromiseTests.run("\"$PROGRAM\" verify kho 2>&1", in: workshop)
    #expect(state.contains("\(paths.count)/\(paths.count) gói nguyên vẹn"), "\(state)")
  }

  @Test("sha256sum and recfix accept every bag, and the register's chain holds by hand")
  func coreTools() throws {
    let printed = try Self.run(
      """
      seal_all kho
      for bag in kho/goi/*/*; do
        (cd $bag && sha256sum --quiet --strict -c manifest-sha256.txt tagmanifest-sha256.txt) || echo $bag
        test -e /usr/bin/recfix && { recfix $bag/phieu-dung.rec || echo $bag; }
      done
      test -e /usr/bin/recfix && recfix kho/so-dang-ky.rec
      last=$(printf '%064d' 0); count=0
      awk -v RS= 'NR > 2 { print $0 > ("muc-" NR - 2) }' kho/so-dang-ky.rec
      for i in $(seq 1 $(ls muc-* | wc -l)); do
        grep -q "^ma_truoc: $last$" muc-$i || echo broken $i
        last=$(sed '$d' muc-$i | sha256sum | cut -c1-64)
        grep -q "^ma: $last$" muc-$i || echo changed $i
        bag=$(sed -n 's/^goi: //p' muc-$i)
        grep -q "^ma_goi: $(sha256sum < kho/$bag/tagmanifest-sha256.txt | cut -c1-64)$" muc-$i || echo $bag
        count=$i
      done
      test "$(cat kho/dau-so.txt)" = "baocao so-dang-ky $count $last" && test $count -gt 60 && echo chained
      """)
    #expect(printed == "chained", "\(printed)")
  }

  @Test(
    "the same archive from another folder, with four jobs, and in shards of which one was killed")
  func sameArchive() throws {
    let printed = try Self.run(
      """
      some; seal_all kho; ls kho/goi | wc -l
      mkdir sub; (cd sub; LC_ALL=C TZ=Asia/Tokyo "$PROGRAM" seal ../data --to markdown,html,text \\
        --templates ../Templates -o kho > /dev/null 2>&1)
      diff -r kho sub/kho && echo folder
      seal_all kho4 --jobs 4; diff -r kho kho4 && echo jobs
      for i in 1 2 3; do seal_all p/$i --shard $i/3; done
      rm -rf p/2; "$PROGRAM" seal data --to markdown,html,text -o p/2 --shard 2/3 > /dev/null 2>&1 & k=$!
      sleep 0.15; kill -9 $k 2> /dev/null; wait $k 2> /dev/null
      seal_all p/2 --shard 2/3
      "$PROGRAM" merge p/2 p/3 p/1 -o gop > /dev/null 2> err || cat err
      diff -r kho gop && echo merged
      "$PROGRAM" merge p/2 p/3 p/1 -o gop 2>&1 | grep -o '^đã niêm 0 văn bản'
      """)
    #expect(printed == "8\nfolder\njobs\nmerged\nđã niêm 0 văn bản", "\(printed)")
  }

  @Test("all documents of the shipped data come out again with the same bytes, of the bags alone")
  func rebuilds() throws {
    let printed = try Self.run(
      """
      "$PROGRAM" seal data --to markdown,html,text,docx,xlsx -o kho > /dev/null 2> err || cat err
      mv kho xa; rm -rf data Templates; cd /; unset BAOCAO_TEMPLATES
      "$PROGRAM" rebuild "$OLDPWD/xa" --output "$OLDPWD/ra" > "$OLDPWD/ket-qua" 2> "$OLDPWD/err"; echo $?
      cd "$OLDPWD"; tail -1 err; grep -vc 'giống từng byte$' ket-qua
      for bag in xa/goi/*/*; do diff -r $bag/data/ket-qua ra/${bag#xa/goi/} || echo $bag; done
      """)
    let count = 69
    #expect(
      printed == """
        0
        \(count) văn bản giống từng byte, 0 giống nội dung, 0 khác, 0 không lập lại được
        0
        """, "\(printed)")
  }

  /// `archives/VERSION.tar.gz`: the documents of three data files as that version sealed them. A file is
  /// added with each version and never made anew.
  private static let goldenArchives: [String] = {
    let folder = packageRoot(ofTest: #filePath) + "/Tests/BaoCaoCommandTests/archives"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { folder + "/" + $0 }
  }()

  @Test("an archive of each earlier version is whole, and its documents come out the same")
  func goldenArchivesComeOut() throws {
    #expect(!Self.goldenArchives.isEmpty)
    for archive in Self.goldenArchives {
      let printed = try Self.run(
        """
        tar xzf '\(archive)'; rm -rf data Templates
        "$PROGRAM" verify kho > out 2>&1 || cat out
        "$PROGRAM" rebuild kho > out 2> err; echo $?; grep -c giống out; grep -v giống out; cat err
        """)
      // What is laid out otherwise by now is still the same content.
      let wanted =
        /0\n7\n\d văn bản giống từng byte, \d giống nội dung, 0 khác, 0 không lập lại được/
      #expect(printed.wholeMatch(of: wanted) != nil, "\(archive): \(printed)")
    }
  }

  @Test(
    "a PDF comes out the same",
    .enabled(if: Tool("weasyprint").isHere, "WeasyPrint is not installed"))
  func pdf() throws {
    let engine = Tool("weasyprint").location ?? ""
    let printed = try Self.run(
      """
      export BAOCAO_WEASYPRINT='\(engine)'
      "$PROGRAM" seal data/ha-long-2020-6-thang.rec --to pdf --pdf-a -o kho > /dev/null 2>&1
      grep -l '^may_in: WeasyPrint' kho/goi/*/*/phieu-dung.rec | wc -l
      "$PROGRAM" rebuild kho 2>&1 | tail -1
      """)
    #expect(
      printed == """
        3
        3 văn bản giống từng byte, 0 giống nội dung, 0 khác, 0 không lập lại được
        """, "\(printed)")
  }

  @Test("a picture whose name the disk spells in parts is sealed under the name that the data have")
  func spelledNames() throws {
    let printed = try Self.run(
      """
      mkdir ten; cp -r data/anh ten; cp data/ubnd-phuong-vi-du-2024-6-thang.rec ten/a.rec
      mv ten/anh/hoi-truong.svg ten/anh/$'ho\\u0302\\u0323i.svg'
      sed -i 's|anh/hoi-truong.svg|anh/hội.svg|' ten/a.rec
      "$PROGRAM" seal ten/a.rec -o kho > out 2>&1 || cat out
      "$PROGRAM" seal ten/a.rec -o kho 2>&1 | grep -o '3 văn bản đã niêm từ trước'
      find kho/goi -path '*/du-lieu/*' -name 'hội.svg' | wc -l
      "$PROGRAM" rebuild kho 2>&1 | tail -1
      """)
    #expect(
      printed == """
        3 văn bản đã niêm từ trước
        3
        3 văn bản giống từng byte, 0 giống nội dung, 0 khác, 0 không lập lại được
        """, "\(printed)")
  }

  @Test(
    "50 kills at moments that a seed chooses leave an archive that is whole, and the work goes on")
  func kills() throws {
    let printed = try Self.run(
      """
      small thu 150; "$PROGRAM" seal thu -o moi > /dev/null 2>&1
      start=$(date +%s%N); "$PROGRAM" seal thu -o dau > /dev/null 2>&1
      time=$((($(date +%s%N) - start) / 1000)); diff -r moi dau && echo same
      RANDOM=2026; done=0
      for i in {1..50}; do
        "$PROGRAM" seal thu -o kho > /dev/null 2>&1 & p=$!
        sleep $(printf '%d.%06d' $((t = time * (RANDOM % 100) / 100, t / 1000000)) $((t % 1000000)))
        kill -9 $p 2> /dev/null; wait $p 2> /dev/null
        if test -e kho/so-dang-ky.rec; then
          "$PROGRAM" verify kho > out 2>&1 || { echo "broken by kill $i"; cat out; }
        fi
        # Every other time the work goes on where it was cut short.
        if test $((i % 2)) = 0; then
          "$PROGRAM" seal thu -o kho > out 2>&1 || cat out
          diff -r moi kho || echo "differs after kill $i"
          rm -rf kho; done=$((done + 1))
        fi
      done; echo $done
      """)
    #expect(printed == "same\n25", "\(printed)")
  }

  @Test("two processes at once seal into one archive")
  func twoProcesses() throws {
    let printed = try Self.run(
      """
      small a 90; mkdir b; for i in $(seq 91 180); do numbered $i > b/thu-$i.rec; done
      "$PROGRAM" seal a -o kho > /dev/null 2> err & "$PROGRAM" seal b -o kho > /dev/null 2> err2; wait
      cat err err2 | cut -d' ' -f1-3 | sort -u
      "$PROGRAM" verify kho 2>&1 | grep gói
      "$PROGRAM" seal a b a/thu-1.rec -o kho 2>&1 | grep -c D113
      "$PROGRAM" seal a b -o kho 2>&1 | cut -d' ' -f1-3; ls -A kho | grep '^[.]'
      """)
    #expect(
      printed == """
        đã niêm 90
        kho: 180/180 gói nguyên vẹn
        1
        đã niêm 0
        """, "\(printed)")
  }

  @Test(
    "a full disk is told, leaves the archive whole, and the work goes on when there is room",
    .enabled(if: getuid() == 0, "only root may mount a small disk"))
  func fullDisk() throws {
    let printed = try Self.run(
      """
      mkdir dia; mount -t tmpfs -o size=3m none dia 2> /dev/null || { echo skipped; exit; }
      small thu 150; "$PROGRAM" seal thu -o moi > /dev/null 2>&1
      "$PROGRAM" seal thu -o dia/kho > out 2>&1; echo $?; grep -o 'hết chỗ trên đĩa' out | sort -u
      "$PROGRAM" verify dia/kho > out 2>&1; echo $?; ls -A dia/kho | grep niem
      mount -o remount,size=60m dia; "$PROGRAM" seal thu -o dia/kho > out 2>&1 || cat out
      diff -r moi dia/kho && echo same; umount dia
      """)
    if printed == "skipped" { try Test.cancel("no disk could be mounted") }
    #expect(printed == "1\nhết chỗ trên đĩa\n0\nsame", "\(printed)")
  }

  @Test(
    "the head of a register signed by ssh-keygen and by minisign",
    .enabled(
      if: Tool("ssh-keygen").isHere && Tool("minisign").isHere, "ssh-keygen or minisign is absent"))
  func signatures() throws {
    let printed = try Self.run(
      """
      small a 2; small b 3; "$PROGRAM" seal a -o kho > /dev/null 2>&1
      ssh-keygen -q -t ed25519 -N '' -C luu-tru -f khoa; echo "luu-tru@vi-du.vn $(cat khoa.pub)" > ky
      ssh-keygen -q -t ed25519 -N '' -C la -f khoa-la; echo "la@vi-du.vn $(cat khoa-la.pub)" > ky-la
      minisign -G -W -p mini.pub -s mini.key > /dev/null
      ssh-keygen -q -Y sign -f khoa -n baocao kho/dau-so.txt 2> /dev/null
      minisign -S -s mini.key -m kho/dau-so.txt > /dev/null 2>&1
      check() { "$PROGRAM" verify kho --nguoi-ky $1 --khoa mini.pub 2>&1 | grep -o '[[]L[0-9]*[]]\\|so-dang-ky [0-9]*'; }
      check ky; echo other; check ky-la
      "$PROGRAM" seal b -o kho > /dev/null 2>&1; ls kho | grep dau; echo more; check ky
      sed -i 's/luu/lưu/' kho/dau-so-2.txt.minisig; echo changed; check ky
      ssh-keygen -q -Y sign -f khoa -n thu kho/dau-so.txt 2> /dev/null; echo namespace; check ky
      """)
    #expect(
      printed == """
        so-dang-ky 2
        other
        [L040]
        dau-so-2.txt
        dau-so-2.txt.minisig
        dau-so-2.txt.sig
        dau-so.txt
        more
        so-dang-ky 3
        changed
        so-dang-ky 3
        namespace
        [L040]
        """, "\(printed)")
  }

  @Test(
    "GNU parallel seals in shards on two workers",
    .enabled(if: Tool("parallel").isHere, "parallel is not installed"))
  func parallelWorkers() throws {
    let printed = try Self.run(
      """
      small thu 60; "$PROGRAM" seal thu -o moi > /dev/null 2>&1; export PROGRAM HOME=$PWD
      parallel --will-cite -j2 '"$PROGRAM" seal thu -o phan/{} --shard {}/4' ::: 1 2 3 4 > /dev/null 2>&1
      "$PROGRAM" merge phan/* -o kho > /dev/null 2>&1; diff -r moi kho && echo same
      parallel --will-cite -j2 '"$PROGRAM" rebuild kho --shard {}/4 2> /dev/null' ::: 1 2 3 4 \\
        | grep -c 'giống từng byte$'
      """)
    #expect(printed == "same\n60", "\(printed)")
  }

  @Test(
    "shards on two workers here and on a host over ssh, one of which fails and is run again",
    .enabled(if: getuid() == 0, "only root may make a network namespace"),
    .enabled(
      if: ["parallel", "ssh", "ssh-keygen", "rsync", "ip", "/usr/sbin/sshd"].allSatisfy(hasTool),
      "parallel, ssh, sshd, rsync or ip is not installed"))
  func workersOverSSH() throws {
    let script = packageRoot(ofTest: #filePath) + "/Tests/Scale/parallel"
    let printed = try Self.run("\(script) 2> err || { echo failed $?; cat err; }")
    if printed.contains("failed 77") { try Test.cancel("no network namespace could be made") }
    #expect(printed == "two workers here: the same\ntwo workers over ssh: the same", "\(printed)")
  }

  private static func hasTool(_ name: String) -> Bool {
    name.hasPrefix("/") ? FileManager.default.isExecutableFile(atPath: name) : Tool(name).isHere
  }

  /// Where a file can have but few names, bags share as few files as that allows.
  @Test("a store whose files have all the names they may have", .enabled(if: Tool("cc").isHere))
  func fewNames() throws {
    let printed = try Self.run(
      """
      cat > l.c << 'END'
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <errno.h>
      #include <sys/stat.h>
      int link(const char *from, const char *to) {
        struct stat s;
        if (stat(from, &s) == 0 && s.st_nlink >= 5) { errno = EMLINK; return -1; }
        return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "link"))(from, to);
      }
      END
      cc -w -shared -fPIC l.c -o l.so -ldl; small thu 12; "$PROGRAM" seal thu -o moi > /dev/null 2>&1
      LD_PRELOAD=$PWD/l.so "$PROGRAM" seal thu -o kho --jobs 2 > /dev/null 2> err || cat err
      diff -r moi kho && "$PROGRAM" verify kho 2>&1 | grep -o '12/12'
      count() { find $1 -name mau.rec -printf '%i\\n' | sort -u | wc -l; }
      echo $(count moi) $(($(count kho) <= 6))
      """)
    #expect(printed == "12/12\n1 1", "\(printed)")
  }

  @Test(
    "progress has its share and the time left on a terminal, and is quiet in a pipe",
    .enabled(if: Tool("script").isHere, "script is not installed"))
  func progress() throws {
    let printed = try Self.run(
      """
      small thu 400; "$PROGRAM" seal thu -o kho 2>&1 > /dev/null | grep -c '█\\|%'
      # Held up for a while, as time left is told only of work that takes longer than a moment.
      on_terminal() {
        script -qec "\"$PROGRAM\" seal thu -o $1 > /dev/null & p=\\$!
          sleep 0.1; kill -STOP \\$p; sleep 1.2; kill -CONT \\$p; wait \\$p" /dev/null < /dev/null \\
          | tr '\\r' '\\n'
      }
      on_terminal kho2 > out
      grep -c '^█* *░* [0-9]*/400 · [0-9]*% · còn [0-9]* giây' out > count; test $(cat count) -gt 0 && echo shown
      grep -q '^█* 400/400 · 100%' out && echo whole; diff -r kho kho2 && echo same
      BAOCAO_LANG=en on_terminal kho3 | grep -q '% · [0-9]* s left' && echo left
      """)
    #expect(printed == "0\nshown\nwhole\nsame\nleft", "\(printed)")
  }
}

/// The examples of the manual page SealedDocuments.md: after each `$ command` what it prints, where `…`
/// stands for anything.
@Suite struct SealedManualTests {
  private static let examples: [[(command: String, output: String)]] = {
    let path =
      packageRoot(ofTest: #filePath) + "/Sources/Archives/Archives.docc/SealedDocuments.md"
    let page = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return page.components(separatedBy: "```console\n").dropFirst().map { part in
      let block = part.components(separatedBy: "```")[0]
      return ("\n" + block).components(separatedBy: "\n$ ").dropFirst().map { step in
        let lines = step.trimmingCharacters(in: .newlines).split(separator: "\n", maxSplits: 1)
        return (String(lines[0]), lines.count > 1 ? String(lines[1]) : "")
      }
    }
  }()

  @Test("there are examples") func thereAreExamples() { #expect(Self.examples.count == 3) }

  @Test(arguments: 0..<3) func example(number: Int) throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let script = Self.examples[number].map { "{ \($0.command); } 2>&1; echo '@@@'\n" }.joined()
    let printed = try FilePromiseTests.run(script, in: workshop)
    let parts = printed.components(separatedBy: "@@@").map {
      $0.trimmingCharacters(in: .newlines)
    }
    for (step, part) in zip(Self.examples[number], parts) {
      let shown = part.split(separator: "\n")
      let wanted = step.output.split(separator: "\n")
      #expect(shown.count == wanted.count, "\(step.command): \(part)")
      for (line, expected) in zip(shown, wanted) {
        let pieces = expected.components(separatedBy: "…")
        let isRight = pieces.count == 1 ? line == expected : line.hasPrefix(pieces[0])
        #expect(isRight, "\(step.command): \(line)")
      }
    }
  }
}
