import CaseFiles
import Foundation
import Testing

/// Every message has a case that pins it word for word, in Vietnamese and in English.
///
/// The codes and wordings are read out of the sources, so that a new one without a case fails here.
@Suite struct WordingTests {
  @Test("every code is in a case", arguments: ["vi", "en"])
  func everyCode(language: String) throws {
    let codes = Set(try Wordings.tables().flatMap(Wordings.codes))
    #expect(codes.count > 100)
    let messages = try Messages.expected(in: language)
    let labels = language == "vi" ? ["lỗi", "lưu ý"] : ["error", "warning"]
    let missing = codes.filter { code in
      !labels.contains { label in messages.contains { $0.hasPrefix("\(label)[\(code)]: ") } }
    }
    #expect(missing.isEmpty, "no case in \(language): \(missing.sorted())")
  }

  @Test("every wording is in a case") func everyWording() throws {
    let texts = try Wordings.tables().flatMap(Wordings.literals).filter(\.isWording)
    #expect(texts.count > 500)
    let messages = Set(try Messages.expected(in: "vi") + Messages.expected(in: "en"))
    let missing = texts.filter { text in !messages.contains { text.occurs(in: $0) } }
    #expect(missing.isEmpty, "in no case: \(missing.map(\.description).joined(separator: "\n"))")
  }
}

private let root = packageRoot(ofTest: #filePath)

/// A string literal of a source file: its parts between what is put in.
private struct Literal: CustomStringConvertible {
  var parts: [String]

  var description: String { parts.joined(separator: "…") }

  /// Names and signs that the program itself needs are one word of ASCII.
  var isWording: Bool {
    let text = parts.joined().trimmingCharacters(in: .whitespaces)
    let isASCII = text.utf8.allSatisfy { $0 < 128 }
    return text.contains { $0.isLetter } && (text.contains(" ") || !isASCII)
  }

  /// By bytes: hundreds of texts are looked for in thousands of lines.
  func occurs(in line: String) -> Bool {
    line.withCString { start in
      var rest = start
      for part in parts where !part.isEmpty {
        guard let found = strstr(rest, part) else { return false }
        rest = UnsafePointer(found) + part.utf8.count
      }
      return true
    }
  }
}

private enum Wordings {
  /// The sources that hold what the program says.
  static func tables() throws -> [String] {
    let folder = root + "/Sources/Diagnostics/Messages/"
    let own = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let command = ["Messages.swift", "FillJob.swift"].map { root + "/Sources/BaoCaoCommand/" + $0 }
    return try (own.map { folder + $0 } + command).map {
      try String(contentsOfFile: $0, encoding: .utf8)
    }
  }

  static func codes(of source: String) -> [String] {
    source.matches(of: /Wording\(\s*"([A-Z]\d{3})"/).map { String($0.output.1) }
  }

  static func literals(of source: String) -> [Literal] {
    source.split(separator: "\n").flatMap { line -> [Literal] in
      let text = line.drop { $0 == " " }
      return text.hasPrefix("//") ? [] : literals(ofLine: text)
    }
  }

  private static func literals(ofLine line: Substring) -> [Literal] {
    var literals: [Literal] = []
    var rest = line
    while let quote = rest.firstIndex(of: "\"") {
      rest = rest[rest.index(after: quote)...]
      literals.append(literal(&rest))
    }
    return literals
  }

  /// Reads a literal up to its closing quote; `\(…)` may hold literals of its own.
  private static func literal(_ rest: inout Substring) -> Literal {
    var literal = Literal(parts: [""])
    while let character = rest.popFirst(), character != "\"" {
      guard character == "\\" else {
        literal.parts[literal.parts.count - 1].append(character)
        continue
      }
      let escaped = rest.popFirst()
      if escaped == "(" {
        skipInterpolation(&rest)
        literal.parts.append("")
      } else if let escaped {
        literal.parts[literal.parts.count - 1].append(escaped == "n" ? "\n" : escaped)
      }
    }
    return literal
  }

  private static func skipInterpolation(_ rest: inout Substring) {
    var depth = 1
    while depth > 0, let character = rest.popFirst() {
      switch character {
      case "(": depth += 1
      case ")": depth -= 1
      case "\"": _ = literal(&rest)
      default: break
      }
    }
  }
}

private enum Messages {
  /// The lines of all messages that cases expect in a language.
  static func expected(in language: String) throws -> [String] {
    let names = language == "vi" ? ["errors", "stderr"] : ["errors en", "stderr en"]
    let folders = [
      "TemplatingTests", "BaoCaoCommandTests", "DiagnosticsTests", "OfficeFilesTests",
      "ReportsTests/Entry",
    ]
    let cases = folders.flatMap {
      CaseFile.all(in: root + "/Tests/\($0)/cases", extension: "case")
    }
    let records = try ofRecords(part: language == "vi" ? 2 : 3)
    return (cases.flatMap { one in names.compactMap { one[$0] } } + records).flatMap {
      $0.split(separator: "\n").map(String.init)
    }
  }

  private static func ofRecords(part: Int) throws -> [String] {
    let folder = root + "/Tests/RecordsTests/cases"
    return try FileManager.default.subpathsOfDirectory(atPath: folder).compactMap { name in
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      let parts = text.components(separatedBy: "\n---\n")
      return parts.count > part ? parts[part] : nil
    }
  }
}
