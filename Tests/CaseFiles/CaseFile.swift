import Foundation
import Testing

/// A test written as text, so that anyone can add one.
///
/// A file holds any number of cases:
///
/// ```
/// ##### a loop over a list
/// === data
/// {"ten": ["An", "Bình"]}
/// === template
/// {% for t in ten %}{{ t }} {% endfor %}
/// === output
/// An Bình
/// ```
///
/// A section's text ends before the line feed in front of the next `===` or `#####`. `=== name`
/// with a word more (`=== template khung/a.md.jinja`) names a further file of the case.
public struct CaseFile: Sendable, CustomTestStringConvertible {
  public let file: String
  public let title: String
  /// By the words after `===`, in order.
  public let sections: [(name: String, text: String)]

  public var testDescription: String { "\(file): \(title)" }

  public subscript(name: String) -> String? { sections.first { $0.name == name }?.text }

  /// Every case of the files with an extension in a folder of the test sources.
  public static func all(in folder: String, extension wanted: String) -> [CaseFile] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix("." + wanted) && isWanted($0) }.sorted().flatMap { name in
      let text = (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)) ?? ""
      return cases(of: text, file: name)
    }
  }

  /// Whether expected texts are to be written anew instead of compared: `BAOCAO_RECORD=1`, by hand
  /// and never in CI; with `BAOCAO_CASES="seal verify"` only those of some files.
  public static var isRecording: Bool {
    let environment = ProcessInfo.processInfo.environment
    return environment["BAOCAO_RECORD"] == "1" && environment["CI"] == nil
  }

  /// Whether a file of cases is run: those whose names begin with a word of `BAOCAO_CASES`, where that
  /// is set by hand.
  private static func isWanted(_ name: String) -> Bool {
    guard let words = ProcessInfo.processInfo.environment["BAOCAO_CASES"], isRecording else {
      return true
    }
    return words.split(separator: " ").contains { name.hasPrefix($0) }
  }

  /// Cases that run side by side stand in one file.
  private static let recording = NSLock()

  /// Writes this case's file anew with other sections for what came out.
  public func record(_ outcome: [(name: String, text: String)], in folder: String) throws {
    let outcomeNames: Set<String> = [
      "output", "errors", "errors en", "status", "stdout", "stderr", "stderr en", "outputs",
    ]
    let path = folder + "/" + file
    CaseFile.recording.lock()
    defer { CaseFile.recording.unlock() }
    let cases = CaseFile.all(in: folder, extension: String(file.split(separator: ".").last ?? ""))
    let text = cases.filter { $0.file == file }.map { other in
      let kept =
        other.title == title
        ? sections.filter {
          !outcomeNames.contains($0.name) && !$0.name.hasPrefix("contents ")
            && !$0.name.hasPrefix("output ")
        } + outcome : other.sections
      return "##### \(other.title)\n"
        + kept.map { "=== \($0.name)\n\($0.text)\n" }.joined()
    }
    try text.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }

  private static func cases(of text: String, file: String) -> [CaseFile] {
    var cases: [CaseFile] = []
    var title: String?
    var sections: [(name: String, lines: [Substring])] = []
    func finish() {
      guard let title else { return }
      // A blank line may stand before the next case.
      if sections.last?.lines.last == "" { sections[sections.count - 1].lines.removeLast() }
      let done = sections.map { ($0.name, $0.lines.joined(separator: "\n")) }
      cases.append(CaseFile(file: file, title: title, sections: done))
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("##### ") {
        finish()
        title = String(line.dropFirst(6))
        sections = []
      } else if line.hasPrefix("=== ") {
        sections.append((String(line.dropFirst(4)), []))
      } else if !sections.isEmpty {
        sections[sections.count - 1].lines.append(line)
      }
    }
    finish()
    return cases
  }
}

/// The root of the package, from the `#filePath` of a test two folders below it.
public func packageRoot(ofTest path: String) -> String {
  URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
}

/// A folder of the test sources, from the `#filePath` of a test beside it.
public func folder(_ name: String, besideFile path: String) -> String {
  URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(name).path
}
