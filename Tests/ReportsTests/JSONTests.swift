import CaseFiles
import Diagnostics
import Foundation
import Reports
import Templating
import Testing
import Texts

@Suite struct JSONTests {
  private func read(_ text: String) throws -> ValueMap {
    try FillData.read(name: "a.json", bytes: Array(text.utf8))
  }

  @Test(arguments: [
    (#"{"a": 1}"#, "1"), (#"{"a": -0}"#, "0"), (#"{"a": 1.50}"#, "1.5"), (#"{"a": 1e3}"#, "1000"),
    (#"{"a": 0.1}"#, "0.1"), (#"{"a": 2.5E-2}"#, "0.025"), (#"{"a": 1e400}"#, "1e400"),
    (#"{"a": 9223372036854775808}"#, "9223372036854775808"), (#"{"a": true}"#, "True"),
    (#"{"a": null}"#, "None"), (#"{"a": "a\u1EA3\/\t"}"#, "aả/\t"), (#"{"a": "x\r\ny"}"#, "x\ny"),
    (#"{"a": "\uD83D\uDE00"}"#, "😀"), (#"{"a": [1, [2], {"b": "c"}]}"#, "[1, [2], {'b': 'c'}]"),
    (#"{"a": 1, "A": 2}"#, "1"), (#" { "a" : [ ] } "#, "[]"),
  ]) func values(json: String, printed: String) throws {
    let value = try #require(try read(json)["a"])
    #expect(value.printed.string == printed)
  }

  @Test func membersKeepTheirOrder() throws {
    let map = try read(#"{"z": 1, "m": {"b": 1, "a": 2}, "a": 3}"#)
    #expect(map.shape.keys.map(\.text.string) == ["z", "m", "a"])
    #expect(map["m"]?.printed.string == "{'b': 1, 'a': 2}")
  }

  /// Objects with the same names share a shape, in one text and from one to the next; any other
  /// difference is kept apart.
  @Test func objectsShareShapes() throws {
    let texts = [
      #"{"p": [{"a": 1, "b": 2}, {"a": 3, "b": 4}, {"b": 5, "a": 6}, {"a": 7}, {}]}"#,
      #"{"p": [{"a": 1, "b": 2}, {"a": 3, "c": 4}, {"a": 5, "b": 6}, {"ab": 7, "": 8}]}"#,
      #"{"q": [{"a": 1, "b": 2}], "p": {"\u0061": 1, "b": 2}}"#,
    ]
    let template = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).md.jinja"
    try Data().write(to: URL(fileURLWithPath: template))
    defer { try? FileManager.default.removeItem(atPath: template) }
    let filling = try Filling(
      template: template, root: nil, .documents(undefined: .strict), to: nil)
    for text in texts + texts {
      let map = try filling.read(name: "a.json", bytes: Array(text.utf8))
      #expect(Value.map(map).printed.string == Value.map(try read(text)).printed.string)
    }
    let wards = try read(texts[0])["p"]
    guard case .items(let items)? = wards, case .map(let first) = items[0],
      case .map(let second) = items[1], case .map(let third) = items[2]
    else { return #expect(Bool(false), "no list of objects") }
    #expect(first.shape === second.shape && first.shape !== third.shape)
    #expect(third.place?.source.name == "a.json")
  }

  /// A message about a value can show where it stands.
  @Test func valuesKnowTheirPlace() throws {
    let map = try read("{\n \"a\": \"x\", \"b\": \"\\u0041\"}")
    let places = ["a", "b"].map { map[$0]?.asText?.place }
    #expect(places.map { $0?.source.name } == ["a.json", "a.json"])
    #expect(places.map { $0?.string } == ["x", "\\u0041"])
  }

  /// A name comes once in an object, however it is written; every place of the others is told.
  @Test(arguments: [
    (#"{"a": 1, "a": 2}"#, ["1:11 1:3"]), (#"{"a": 1, "\u0061": 2}"#, ["1:11 1:3"]),
    (#"{"\u0061": 1, "b": 0, "a": 2, "a": 3}"#, ["1:24 1:3 1:32"]),
    (#"{"p": {"x": {"a": 1, "a": 2}, "x": 3}}"#, ["1:23 1:15", "1:32 1:9"]),
    (#"{"p": [{"a": 1, "b": 2}, {"a": 3, "b": 4, "a": 5}]}"#, ["1:44 1:28"]),
    ("{\"p\": [{\"a\": 1},\n{\"a\": 1},\n{\"a\": 1, \"a\": 2}, 7]}", ["3:11 3:3"]),
    (
      #"{"p": [[{"a": {}, "a": {}}]], "p": 1, "q": 2, "q": 3}"#,
      ["1:20 1:11", "1:32 1:3", "1:48 1:40"]
    ),
    (#"{"": 1, "": 2}"#, ["1:10 1:3"]),
  ]) func namesComeOnce(json: String, places: [String]) throws {
    let problems = #expect(throws: Problems.self) { try read(json) }
    let found = problems?.diagnostics.map { problem in
      ([problem.place] + problem.notes.map(\.place)).compactMap(\.self).map { text in
        let at = text.place.source.position(at: Int(text.place.range.start))
        return "\(at.line):\(at.column)"
      }.joined(separator: " ")
    }
    #expect(found == places)
    #expect(problems?.diagnostics.allSatisfy { $0.kind.code == "S023" } ?? false)
  }

  /// The check of names finds every object, in the files that follow too.
  @Test func wrongNamesAreFoundAgain() throws {
    let template = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).md.jinja"
    try Data().write(to: URL(fileURLWithPath: template))
    defer { try? FileManager.default.removeItem(atPath: template) }
    let filling = try Filling(
      template: template, root: nil, .documents(undefined: .strict), to: nil)
    let texts = [
      #"{"a": 1, "a": 2}"#, "{\"a\u{200B}\": 1}", #"{"so\u00ADhieu": 1}"#,
      #"{"p": [{"a": 1}, {"a": 1, "a": 2}]}"#,
    ]
    for text in texts + texts {
      #expect(throws: Problems.self, "\(text)") {
        try filling.read(name: "a.json", bytes: Array(text.utf8))
      }
      _ = try filling.read(name: "a.json", bytes: Array(#"{"p": [{"a": 1}, {"a": 1}]}"#.utf8))
    }
  }

  /// Many objects with names that come twice, inside each other, take no longer than others.
  @Test func nestedRepetition() {
    let deep = String(repeating: #"{"a": 0, "p": [{"a": 1}, {"a": 2, "a":"#, count: 200)
    let text = deep + "1" + String(repeating: "}]}", count: 200)
    let seconds = threadSeconds { #expect(throws: Problems.self) { try read(text) } }
    #expect(seconds < 5)
  }

  /// A part of a text with escapes stands where it is written.
  @Test func partsOfTextsWithEscapes() throws {
    let map = try read(#"{"a": "x\u1EA3y\r\nz\tw"}"#)
    let text = try #require(map["a"]?.asText)
    func place(_ part: Range<Int>) -> String {
      let start = Int(text.range.start)
      let range = SourceRange(start: start + part.lowerBound, end: start + part.upperBound)
      return Text(source: text.source, range: range).place.string
    }
    #expect(text.string == "xảy\nz\tw")
    #expect(place(0..<1) == "x" && place(1..<4) == #"\u1EA3"# && place(4..<5) == "y")
    #expect(place(0..<4) == #"x\u1EA3"# && place(1..<5) == #"\u1EA3y"#)
    #expect(place(5..<6) == #"\n"# && place(6..<7) == "z" && place(6..<9) == #"z\tw"#)
  }

  @Test(arguments: [
    #"{"a": 01}"#, #"{"a": 1.}"#, #"{"a": .5}"#, #"{"a": +1}"#, #"{"a": 1e}"#, #"{"a": tru}"#,
    #"{"a": "\x"}"#, #"{"a": "\uD800"}"#, #"{"a": "\u12G4"}"#, #"{"a": "\u+123"}"#,
    "{\"a\": \"x\ny\"}", #"{"a": 1,}"#, #"{a: 1}"#, #"{"a" 1}"#, #"{"a": 1} x"#, #"{"a": [1 2]}"#,
    #"{"a": "x"#, #"{"#, "", #"{"a": 'x'}"#, #"{"a": NaN}"#, #"{"a": "\u0000"}"#, #"{"a": "\b"}"#,
    String(repeating: "{\"a\":", count: 100_000),
  ]) func refused(json: String) {
    #expect(throws: Problems.self) { try read(json) }
  }

  /// Foundation takes and refuses the same texts, but for commas before an end and for escapes of
  /// control characters, which it takes.
  @Test func takesWhatFoundationTakes() throws {
    let whole = #"{"a": [1, -2.5e3, "bộ \u1EA3 \"x\"", true, null, {"b": {}, "c": []}], "d": "e"}"#
    let signs = Array(#"{}[]",:\u01.5e-+tfn "#.utf8)
    var random = FixedRandom(seed: 23)
    var taken = 0
    for _ in 0..<20_000 {
      var bytes = Array(whole.utf8)
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let index = bytes.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.remove(at: index)
        case 1: bytes[index] = signs.randomElement(using: &random) ?? 0
        default: bytes.insert(signs.randomElement(using: &random) ?? 0, at: index)
        }
      }
      guard let text = String(validating: bytes, as: UTF8.self),
        !text.contains(/,\s*[\]}]|\\[bf]|\\u00[017]/), !JSONTests.repeatsName(bytes)
      else { continue }
      let ours = (try? FillData.read(name: "a.json", bytes: bytes)) != nil
      let theirs = (try? JSONSerialization.jsonObject(with: Data(bytes))) is [String: Any]
      #expect(ours == theirs, "\(String(decoding: bytes, as: UTF8.self))")
      taken += ours ? 1 : 0
    }
    #expect(taken > 1000)
  }

  private static func repeatsName(_ bytes: [UInt8]) -> Bool {
    do {
      _ = try FillData.read(name: "a.json", bytes: bytes)
      return false
    } catch {
      return error.diagnostics.contains { $0.kind.code == "S023" }
    }
  }
}
