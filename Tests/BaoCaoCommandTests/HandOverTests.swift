import CaseFiles
import Foundation
import Testing

/// Packets that are handed over, checked by others' schemas and rules.
@Suite struct HandOverTests {
  private static let python = Tool("python3")
  private static let checker =
    packageRoot(ofTest: #filePath) + "/Tests/BaoCaoCommandTests/packets.py"

  private static var hasSchemas: Bool {
    // Without arguments it only tells whether it can check.
    guard let run = try? python.run([checker]) else { return false }
    if run.status == 3 { print("the schemas of METS and PREMIS are absent: \(run.output)") }
    return run.status != 3
  }

  /// Seals the shipped data and a letter of hostile words, and describes a hồ sơ.
  private static let prepare =
    letter + """
      sed -i "s/^trich_yeu:.*/trich_yeu: gửi <b> \\& \"c\" 'd' ]]> é/" nho.rec
      "$PROGRAM" seal data nho.rec --to docx,text -o kho > /dev/null 2> err || cat err
      cat > hs.rec <<'END'
      %rec: ho_so

      ma_ho_so: H49.61.8.2026.01
      ma_phong: H49.61.8
      tieu_de: Hồ sơ <gốc> & "bản sao" 'năm'
      + hai dòng
      thoi_han: Vĩnh viễn
      END
      printf 'ghi_chu: a\\357\\277\\276b\\n' >> hs.rec
      bags() { for bag in kho/goi/*/*; do
        for f in codeNumber codeNotation issuedDate organName subject typeName; do
          grep -q "^$f: " $bag/phieu-dung.rec || continue 2; done
        printf -- '--goi %s ' ${bag#kho/goi/}; done; }

      """

  private static func run(_ script: String, in workshop: Workshop) throws -> String {
    try FilePromiseTests.run(prepare + script, in: workshop)
  }

  @Test(
    "METS and PREMIS are valid, and METS names every file with its sum",
    .enabled(if: hasSchemas, "the schemas are not installed"))
  func validPackets() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let schemas = workshop.path + "/xsd"
    try FileManager.default.createDirectory(atPath: schemas, withIntermediateDirectories: true)
    #expect(try Self.python.run([Self.checker, "--schemas", schemas]).status == 0)
    let told = try Self.run(
      """
      for form in sip aip; do
        "$PROGRAM" hand-over kho --ho-so hs.rec -o goi-1 --dang $form $(bags) > ten 2> err || cat err
        "$PROGRAM" hand-over kho --ho-so hs.rec -o goi-2 --dang $form --luoc-do xsd $(bags) >> ten 2> err \\
          || cat err
      done
      ls -d $PWD/goi-?/*
      """, in: workshop)
    let packets = told.split(separator: "\n").map(String.init)
    try #require(packets.count == 4, "\(told)")
    let outcome = try Self.python.run([Self.checker] + packets)
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.hasSuffix("valid\n"))
  }

  @Test(
    "the same packet from another folder, with four jobs and in another zone, not of another time")
  func samePacket() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let told = try Self.run(
      """
      pack() { "$PROGRAM" hand-over "$@" > /dev/null 2> err || cat err; }
      pack kho --ho-so hs.rec -o mot $(bags); count=$(ls mot/*/representations/rep1/data | wc -l)
      test $count -gt 30 && echo many
      mkdir sub; (cd sub; LC_ALL=C TZ=Asia/Tokyo "$PROGRAM" hand-over ../kho --ho-so ../hs.rec -o hai --jobs 4 \\
        --templates ../Templates $(cd ..; bags) > /dev/null 2>&1)
      diff -r mot sub/hai && echo same
      SOURCE_DATE_EPOCH=1785542399 pack kho --ho-so hs.rec -o ba $(bags)
      grep -o 'CREATEDATE="[^"]*"' ba/*/METS.xml; test "$(ls mot)" != "$(ls ba)" && echo other
      for file in mot/*/representations/rep1/data/*; do
        sum=$(sha256sum < $file | cut -c1-64)
        grep -rqs "^$sum  data/ket-qua/" --include=manifest-sha256.txt kho/goi || echo $file
      done
      ls -A mot ba | grep '^[.]'
      """, in: workshop)
    #expect(
      told == """
        many
        same
        CREATEDATE="2026-08-01T06:59:59+07:00"
        other
        """, "\(told)")
  }

  @Test("a newer bag of a document takes the place of an older one, unless that is named")
  func revisions() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let told = try FilePromiseTests.run(
      Self.letter + """
        "$PROGRAM" seal nho.rec -o kho --to text > /dev/null 2>&1; sed -i 's/^so: 312/so: 313/' nho.rec
        "$PROGRAM" seal nho.rec -o kho --to text > /dev/null 2>&1; ls kho/goi/nho
        "$PROGRAM" hand-over kho --ho-so hs.rec -o moi > /dev/null 2>&1
        grep -rho '<codeNumber>.*' moi
        "$PROGRAM" hand-over kho --ho-so hs.rec -o cu --goi nho/cong-van > /dev/null 2>&1
        grep -rho '<codeNumber>.*' cu
        "$PROGRAM" hand-over kho --ho-so hs.rec -o chon --co-quan 'phuong vi du' --tu-ngay 10/8/2026 \\
          --den-ngay 2026-08-10 > /dev/null 2>&1; ls chon | wc -l
        """, in: workshop)
    #expect(
      told == """
        cong-van
        cong-van.2
        <codeNumber>313</codeNumber>
        <codeNumber>312</codeNumber>
        1
        """, "\(told)")
  }

  private static let letter =
    SmallLetter.function + """
      letter 312 'gửi số liệu' 'gửi số liệu sáu tháng đầu năm 2026' > nho.rec
      printf '%%rec: ho_so\\n\\nma_ho_so: H1\\ntieu_de: Thư\\nthoi_han: 05\\n' > hs.rec

      """
}
