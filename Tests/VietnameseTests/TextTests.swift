import Testing
import Vietnamese

private func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }
private func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

@Suite struct LetterCaseTests {
  @Test func everyScalarAsSwiftHasIt() {
    for value in UInt32(0)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(scalar)
      #expect(string(uppercased(bytes(text))) == text.uppercased())
      #expect(string(lowercased(bytes(text))) == text.lowercased())
    }
  }

  @Test func mixedTextsAsSwiftHasThem() {
    var random = FixedRandom(seed: 4)
    let scalars = Array(
      "aZ19 .–“”đĐƯưỡỮÝỹỵ×÷ßÿµ§éÉçÅñЖжΣσς🙂e\u{301}Ǆİıﬁ".unicodeScalars)
    for _ in 0..<5000 {
      var view = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        view.append(scalars.randomElement(using: &random) ?? "a")
      }
      let text = String(view)
      #expect(
        string(uppercased(bytes(text))).unicodeScalars.elementsEqual(
          text.uppercased().unicodeScalars))
      #expect(
        string(lowercased(bytes(text))).unicodeScalars.elementsEqual(
          text.lowercased().unicodeScalars))
    }
  }

  @Test(arguments: [
    ("ủy ban nhân dân", "Ủy ban nhân dân"), ("“năm Dân vận”", "“Năm Dân vận”"), ("", ""),
    ("đảng ủy", "Đảng ủy"), ("5 xã", "5 xã"), ("«ưu điểm»", "«Ưu điểm»"), ("“", "“"),
    ("“““““ủy", "“““““ủy"),
  ])
  func capitalizes(text: String, wanted: String) {
    #expect(written { appendCapitalized(bytes(text), to: &$0) } == wanted)
  }
}

@Suite struct ToneMarkTests {
  @Test(arguments: [
    ("hòa bình", "hoà bình"), ("mạnh khỏe", "mạnh khoẻ"), ("thủy lợi", "thuỷ lợi"),
    ("Ủy ban", "Uỷ ban"), ("HUYỆN ỦY ĐỊNH HÓA", "HUYỆN UỶ ĐỊNH HOÁ"), ("lũy kế,", "luỹ kế,"),
    ("xóa-bỏ", "xoá-bỏ"),
  ])
  func moves(old: String, new: String) {
    #expect(written { appendToneMarks(of: bytes(old), in: .new, to: &$0) } == new)
    #expect(written { appendToneMarks(of: bytes(new), in: .old, to: &$0) } == old)
    #expect(written { appendToneMarks(of: bytes(old), in: .old, to: &$0) } == old)
    #expect(written { appendToneMarks(of: bytes(new), in: .new, to: &$0) } == new)
  }

  @Test(arguments: [
    "hoàn", "khoét", "thuyền", "hoài", "quý", "quà", "già", "Quỳ", "khuya", "hoa", "của",
    "nghĩa", "khuỷu", "ngoằn ngoèo", "𝔥òa", "hòä", "số 5", "",
  ])
  func leavesAlone(text: String) {
    for style in [ToneStyle.old, .new] {
      #expect(written { appendToneMarks(of: bytes(text), in: style, to: &$0) } == text)
    }
  }
}

@Suite struct CollationTests {
  /// Each list stands in dictionary order.
  @Test(arguments: [
    ["ba Đình", "bà An", "bá Cầu"],
    ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "â", "ậ", "b"],
    ["d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "o", "ô", "ơ", "p", "u", "ư", "v", "w"],
    ["ba", "Ba", "bà", "ban", "bán"],
    ["Phường 2", "Phường 10", "Phường 010a", "Phường Bồ Đề"],
    ["hoa", "hòa", "hoan", "hoàn"],
    ["Đông Anh", "Đồng Tháp", "Đống Đa"],
    ["", "1", "a", "z", "ж"],
    ["kinh tế", "kinh tế - xã hội", "kinh tế xanh"],
  ])
  func ordersLikeADictionary(_ list: [String]) {
    for (index, left) in list.enumerated() {
      #expect(!precedes(bytes(left), bytes(left)))
      for right in list[(index + 1)...] {
        #expect(precedes(bytes(left), bytes(right)), "\(left) < \(right)")
        #expect(!precedes(bytes(right), bytes(left)), "\(left) < \(right)")
      }
    }
  }

  @Test func placementOfToneDoesNotMatter() {
    #expect(sortKey(bytes("hòa")) == sortKey(bytes("hoà")))
    #expect(sortKey(bytes("Ủy ban")) == sortKey(bytes("Uỷ ban")))
    #expect(sortKey(bytes("kinh tế – xã hội")) == sortKey(bytes("kinh tế - xã hội")))
  }

  @Test(.timeLimit(.minutes(1))) func longTextsTakeLinearTime() {
    let text = String(repeating: "ủy1", count: 200_000)
    #expect(sortKey(bytes(text)).count > 600_000)
  }
}

@Suite struct PlainLetterTests {
  @Test(arguments: [
    ("Sơ kết", "So ket"), ("ĐƯỜNG đi", "DUONG di"), ("tin-bai", "tin-bai"), ("ữ", "u"),
    ("u\u{31B}\u{303}", "u"), ("", ""), ("日本 é", "日本 e"),
  ])
  func marksAreDropped(_ text: String, plain: String) {
    #expect(withoutMarks(text) == plain)
  }
}
