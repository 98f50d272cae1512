import CaseFiles
import Diagnostics
import Foundation
import Testing
import Vietnamese

@testable import Finding

/// The index says what the files say, whatever happened to it or them.
@Suite struct SearchIndexTests {
  private static let words = [
    "quy", "quý", "quỹ", "chế", "chè", "che", "đa", "da", "Đống", "hòa", "hoà", "hoa", "dân", "chủ",
    "5",
  ]

  private static func line(_ random: inout FixedRandom) -> String {
    (0..<Int.random(in: 1...9, using: &random)).map { _ in words.randomElement(using: &random) ?? ""
    }
    .joined(separator: " ")
  }

  /// Whether a line has words side by side, looked for one by one.
  private static func has(_ line: String, _ phrase: [SearchWord]) -> Bool {
    let words = SearchWord.words(of: line)
    return words.indices.contains { start in
      start + phrase.count <= words.count
        && zip(phrase, words[start...]).allSatisfy { $0.finds($1) }
    }
  }

  @Test("random queries over random texts find what looking through the texts finds")
  func likeLookingThrough() throws {
    var random = FixedRandom(seed: 40)
    let folder = try SearchedFolder()
    defer { folder.remove() }
    var texts: [String: [String]] = [:]
    for number in 0..<60 {
      let lines = (0..<3).map { _ in Self.line(&random) }
      texts["\(number).rec"] = lines
      try folder.write("\(number).rec", subject: lines[0], prose: Array(lines[1...]))
    }
    for _ in 0..<400 {
      let phrases = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        (0..<Int.random(in: 1...3, using: &random)).map { _ in
          Self.words.randomElement(using: &random) ?? ""
        }.joined(separator: " ")
      }
      let query = try SearchQuery(words: phrases)
      let expected = texts.filter { _, lines in
        phrases.allSatisfy { phrase in
          lines.contains { Self.has($0, SearchWord.words(of: phrase)) }
        }
      }.keys.sorted()
      let found = try folder.find(query)
      #expect(folder.names(found.documents.map(\.path)).sorted() == expected, "\(phrases)")
      #expect(found.count == expected.count)
    }
  }

  @Test("after files come, go, change and move, an index finds what a new one finds, in its order")
  func incremental() throws {
    var random = FixedRandom(seed: 41)
    let folder = try SearchedFolder()
    defer { folder.remove() }
    let manager = FileManager.default
    let names = (0..<12).map { "\($0 % 3)/\($0).rec" } + (0..<4).map { "\($0).rec" }
    for round in 0..<60 {
      for _ in 0..<3 {
        let name = names.randomElement(using: &random) ?? ""
        let path = folder.path + "/" + name
        switch Int.random(in: 0..<8, using: &random) {
        case 0: try? manager.removeItem(atPath: path)
        case 1:
          let other = folder.path + "/" + (names.randomElement(using: &random) ?? "")
          if manager.fileExists(atPath: path), !manager.fileExists(atPath: other) {
            try? manager.moveItem(atPath: path, toPath: other)
          }
        case 2: try? manager.removeItem(atPath: folder.path + "/\(round % 3)")
        default: try folder.write(name, subject: Self.line(&random), prose: [Self.line(&random)])
        }
      }
      let query = try SearchQuery(words: [Self.words.randomElement(using: &random) ?? ""])
      let found = try folder.find(query)
      let anew = try folder.find(query, anew: true)
      #expect(found.documents.map(\.path) == anew.documents.map(\.path), "round \(round)")
      #expect(found.documents.map(\.sentence) == anew.documents.map(\.sentence))
      #expect(found.count == anew.count)
      // Old files are told from new ones by their stamps alone.
      if round % 20 == 10 { try age(folder) }
    }
  }

  /// Lets the index learn stamps of files that are not of this moment.
  private func age(_ folder: SearchedFolder) throws {
    Thread.sleep(forTimeInterval: 2.1)
    _ = try folder.find("quy")
  }

  @Test("a file that is changed in place, with its size and its day kept, is read again")
  func sameSize() throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    try folder.write("a.rec", subject: "một")
    let path = folder.path + "/a.rec"
    let day = Date(timeIntervalSince1970: 1_000_000_000)
    try FileManager.default.setAttributes([.modificationDate: day], ofItemAtPath: path)
    Thread.sleep(forTimeInterval: 2.1)
    #expect(try folder.find("một").count == 1)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    let text = try #require(FileManager.default.contents(atPath: path))
    handle.write(Data(String(decoding: text, as: UTF8.self).replacing("một", with: "bốn").utf8))
    try handle.close()
    try FileManager.default.setAttributes([.modificationDate: day], ofItemAtPath: path)
    #expect(try folder.find("một").isEmpty)
    #expect(try folder.find("bốn").count == 1)
  }

  @Test("an index that nothing changed is not written to") func unchanged() throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    try folder.write("b/a.rec", subject: "một")
    for _ in 0..<2 {
      Thread.sleep(forTimeInterval: 2.1)
      #expect(try folder.find("một").count == 1)
    }
    let before = try FileManager.default.attributesOfItem(atPath: folder.index)
    Thread.sleep(forTimeInterval: 0.05)
    #expect(try folder.find("một").count == 1)
    let after = try FileManager.default.attributesOfItem(atPath: folder.index)
    #expect(before[.modificationDate] as? Date == after[.modificationDate] as? Date)
  }

  @Test(
    "a damaged or foreign index is made anew",
    arguments: [
      "empty", "garbage", "header", "truncated", "zeroed page", "other version", "other database",
      "no table", "snapshot", "long snapshot",
    ])
  func damaged(how: String) throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    for number in 0..<300 {
      try folder.write("\(number).rec", subject: "số \(number)", prose: ["Quy chế \(number % 7)"])
    }
    let query = try SearchQuery(words: ["quy chế 3"])
    let expected = try folder.find(query).documents.map(\.path)
    #expect(expected.count == 43)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.index))
    func sql(_ text: String) throws {
      let connection = try Connection(folder.index)
      try WordTokenizer.register(in: connection)
      try connection.run(text)
    }
    switch how {
    case "empty": bytes = Data()
    case "garbage": bytes = Data((0..<40_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
    case "header": bytes.replaceSubrange(0..<100, with: Data(count: 100))
    case "truncated": bytes = bytes.prefix(bytes.count / 2)
    case "zeroed page":
      for page in 1..<bytes.count / 4096 where page % 2 == 1 {
        bytes.replaceSubrange(page * 4096..<(page + 1) * 4096, with: Data(count: 4096))
      }
    case "other version": try sql("PRAGMA user_version=99")
    case "other database":
      try FileManager.default.removeItem(atPath: folder.index)
      try sql("CREATE TABLE a(b); INSERT INTO a VALUES (1)")
    case "no table": try sql("DROP TABLE tu")
    case "snapshot": try sql("UPDATE trang_thai SET anh_chup = x'0102'")
    default: try sql("UPDATE trang_thai SET anh_chup = anh_chup || x'00'")
    }
    if !["other", "no", "snapshot", "long"].contains(where: how.hasPrefix) {
      try bytes.write(to: URL(fileURLWithPath: folder.index))
    }
    #expect(try folder.find(query).documents.map(\.path) == expected)
    #expect(try folder.find(query).documents.map(\.path) == expected)
  }

  @Test("no flipped byte ends the program") func flippedBytes() throws {
    var random = FixedRandom(seed: 42)
    let folder = try SearchedFolder()
    defer { folder.remove() }
    for number in 0..<40 { try folder.write("\(number).rec", prose: ["Quy chế \(number)"]) }
    let query = try SearchQuery(words: ["quy chế"])
    let count = try folder.find(query).count
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.index))
    for _ in 0..<60 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        damaged[place] = UInt8.random(in: 0...255, using: &random)
      }
      try damaged.write(to: URL(fileURLWithPath: folder.index))
      _ = try folder.find(query)
    }
    #expect(try folder.find(query, anew: true).count == count)
  }

  @Test("an index that lies where nothing can be written is kept elsewhere") func places() throws {
    let folder = try SearchedFolder()
    defer { folder.remove() }
    try folder.write("a.rec", subject: "một")
    // A link of that name is not followed.
    let other = folder.path + "/khac.txt"
    try folder.write("giữ", "khac.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.index, withDestinationPath: "khac.txt")
    #expect(try folder.find("một").count == 1)
    #expect(try String(contentsOfFile: other, encoding: .utf8) == "giữ")
    let places = IndexPlace.places(for: folder.path)
    #expect(places.first?.path == folder.index && places.last == .memory)
  }
}
