import CaseFiles
import Diagnostics
import Texts
import Foundation
import Records
import Testing

/// Thousands of made constraints with a fixed seed, judged here and by recfix. They keep clear of
/// what the table of differences has, and of what in recutils has no certain value.
@Suite(.enabled(if: Recutils.isInstalled, "recutils (recfix) is not installed"))
struct GeneratedConstraintTests {
  @Test func agreesOnWhatIsTrue() throws {
    var maker = ConstraintMaker(seed: 11)
    for _ in 0..<10 {
      try compare(
        (0..<150).map { index in
          "%rec: t\(index)\n%constraint: \(maker.truth(depth: 3))\n\n\(maker.record())\n"
        })
    }
  }

  @Test func agreesOnWhatIsAnExpression() throws {
    var maker = ConstraintMaker(seed: 12)
    for _ in 0..<20 {
      try compare(
        (0..<150).map { "%rec: t\($0)\n%constraint: \(maker.words())\n\n" })
    }
  }

  /// Compares which of the record sets have a fault.
  private func compare(_ sets: [String]) throws {
    let text = sets.joined(separator: "\n")
    var starts: [Int] = []
    var line = 1
    for set in sets {
      starts.append(line)
      line += set.count { $0 == "\n" } + 1
    }
    func index(ofLine line: Int) -> Int { (starts.firstIndex { $0 > line } ?? starts.count) - 1 }

    var problems: [Diagnostic] = []
    let source = Source(name: "x.rec", bytes: Array(text.utf8))
    problems += Database.read(source, into: &problems).check(with: [])
    let places = problems.compactMap { $0.place?.place }
    let ours = Set(places.map { index(ofLine: source.position(at: Int($0.range.start)).line) })
    let theirs = Set(try Recutils.faultyLines(of: text).map(index))

    #expect(!theirs.isEmpty && theirs.count < sets.count)
    for index in ours.symmetricDifference(theirs).sorted().prefix(20) {
      Issue.record("\(ours.contains(index) ? "refused here" : "refused there")\n\(sets[index])")
    }
  }
}

extension Recutils {
  /// The lines that the complaints of recfix name.
  static func faultyLines(of text: String) throws -> [Int] {
    let file = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).rec"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/recfix")
    process.arguments = ["--check", file]
    process.environment = ["LC_ALL": "C"]
    let output = Pipe()
    process.standardError = output
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { line in
      guard line.hasPrefix(file + ":") else { return nil }
      return Int(line.dropFirst(file.count + 1).prefix { $0 != ":" })
    }
  }
}

/// Makes expressions and records that fit them.
private struct ConstraintMaker {
  private var random: FixedRandom

  init(seed: UInt64) {
    random = FixedRandom(seed: seed)
  }

  private mutating func one(_ choices: [String]) -> String {
    choices.randomElement(using: &random) ?? ""
  }

  /// `so` are whole numbers, `le` is a decimal, `ten` are texts, `ngay` is a date.
  mutating func record() -> String {
    var lines = ["so: \(one(["0", "1", "2", "7", "-3", "0x10"]))"]
    if Bool.random(using: &random) { lines.append("so: \(one(["1", "5", "12"]))") }
    lines.append("le: \(one(["0.5", "2.5", "-1.5", "4.0"]))")
    lines.append("ten: \(one(["A", "B", "KL12", "An Bình", ""]))")
    if Bool.random(using: &random) { lines.append("ten: \(one(["A", "Đà", "x1"]))") }
    lines.append("ngay: \(one(["2020-01-02", "2020-06-30", "2019-12-31 18:10"]))")
    return lines.joined(separator: "\n") + "\n"
  }

  mutating func truth(depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 12 : 6), using: &random) {
    case 0: return "\(number()) \(one(["=", "!=", "<", ">", "<=", ">="])) \(number())"
    case 1: return "\(text()) \(one(["=", "!="])) \(text())"
    case 2: return "\(text()) ~ \(one(["'^A'", "\"[0-9]+$\"", "'n B'", "'^(A|B)$'", "''"]))"
    case 3: return "\(date()) \(one(["<<", "==", ">>"])) \(date())"
    case 4: return one(["#so", "#ten > 1", "#khong", "!#khong", "khong = ''", "!khong", "so"])
    case 5: return "\(one(["so", "1", "0"])) \(one(["&&", "||", "=>"])) \(one(["so", "1", "0"]))"
    case 6, 7, 8: return "\(truth(depth: depth - 1)) \(one(["&&", "||", "=>"])) \(group(depth))"
    case 9: return "!\(group(depth))"
    case 10: return "\(group(depth)) ? \(truth(depth: depth - 1)) : \(truth(depth: depth - 1))"
    default: return group(depth)
    }
  }

  private mutating func group(_ depth: Int) -> String { "(\(truth(depth: depth - 1)))" }

  private mutating func number() -> String {
    switch Int.random(in: 0..<7, using: &random) {
    case 0: whole()
    case 1: one(["0.5", "2.5", "-1.5", ".5", "le", "le * 2", "le + 1", "so / 0.5", "so * 1.5"])
    case 2: "\(whole()) \(one(["+", "-", "*"])) \(whole())"
    case 3: "\(whole()) \(one(["/", "%"])) \(one(["2", "3", "so"]))"
    case 4: "(\(whole()) + \(whole())) * \(whole()) - \(whole())"
    case 5: "\(whole()) + \(whole()) % 3 * \(whole())"
    default: one(["so[0]", "so[1] + 1", "so[0] + so", "so * so"])
    }
  }

  private mutating func whole() -> String {
    one(["0", "1", "3", "-2", "0x1f", "010", "so", "#ten"])
  }

  private mutating func text() -> String {
    one(["'A'", "\"B\"", "ten", "ten[0]", "ten[1]", "ten & 'x'", "'K' & 'L12'", "khong", "'Đà'"])
  }

  private mutating func date() -> String {
    one(["'2020-01-02'", "'2020-06-30 00:00'", "ngay", "'2019-12-31 18:11'"])
  }

  /// Words and signs at random: mostly no expression.
  mutating func words() -> String {
    let operands = [
      "so", "ten[0]", "1", "-2", "0.5", "'A'", "#so", "!so", "(so)", "(1 + 2)", "a.b",
    ]
    let signs = [
      "+", "-", "*", "/", "%", "=", "!=", "<", ">", "<=", ">=", "<<", ">>", "==", "&&", "||", "=>",
      "&", "~", "?", ":", "(", ")", "!", "#", "'", "[0]", ".", "@",
    ]
    var parts = [one(operands)]
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      parts += [one(signs), one(operands)]
      if Int.random(in: 0..<6, using: &random) == 0 { parts.append(one(signs + operands)) }
    }
    return parts.joined(separator: Int.random(in: 0..<4, using: &random) == 0 ? "" : " ")
  }
}
