import CaseFiles
import Diagnostics
import Texts
import Foundation
import Records
import Testing

/// The problems of a file, found in little time whatever its rules are.
private func check(_ text: String) -> [Diagnostic] {
  var problems: [Diagnostic] = []
  let source = Source(name: "x.rec", bytes: Array(text.utf8))
  let seconds = threadSeconds {
    let database = Database.read(source, into: &problems)
    problems += database.check(with: [])
  }
  #expect(seconds < 20)
  return problems
}

/// The third and fourth part of a file beside the cases, whose text is made by a test.
private func expectedMessages(_ name: String) throws -> (vietnamese: String, english: String) {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("cases/" + name)
  let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n---\n")
  return (parts[2] + "\n", parts[3])
}

/// Constraints that nobody means well.
@Suite struct HostileConstraintTests {
  @Test func randomWordsNeverCrash() {
    var random = FixedRandom(seed: 3)
    let words = [
      "a", "b[1]", "c[99999999999999999999]", "#a", "1", "-9223372036854775808", "0x", "1.5", ".5",
      "'x\\'", "\"", "'", "\\", "(", ")", "!", "?", ":", "+", "-", "*", "/", "%", "&", "~", "=",
      "=>",
      "<<", "==", ">>", "&&", "||", "'['", "'(a|b)*'", "ư", "\u{1F600}", "'2020-02-30'", " ",
      "\n+ ",
    ]
    for _ in 0..<20_000 {
      let count = Int.random(in: 1...9, using: &random)
      let expression = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }
      let text =
        "%rec: r\n%constraint: \(expression.joined())\n\na: 7\na: x\nb: -3.5\nb: 1/2/2020\n"
      for problem in check(text) { #expect(!problem.message(in: .english).isEmpty) }
    }
  }

  @Test func numbersAtTheEdge() {
    let expressions = [
      "-9223372036854775808 / -1 = 1", "-9223372036854775808 % -1 = 1",
      "9223372036854775807 + 1 > 0", "-9223372036854775808 - 0.5 < 0",
      "0.0000000000000001 * 0.0000000000000001 > 0", "-9223372036854775808 * -1.0 > 0",
      "1 / -0.0 = 1", "9223372036854775807 / 0.0000000000000001 > 1",
    ]
    for expression in expressions {
      #expect(check("%rec: r\n%constraint: \(expression)\n\na: 1\n").count <= 1, "\(expression)")
    }
  }

  @Test func deepNegationsAndChoices() {
    for word in ["!", "1 => ", "1 ? 1 : ", "1 ? ", "("] {
      let expression = String(repeating: word, count: 100_000) + "1"
      let problems = check("%rec: r\n%constraint: \(expression)\n\na: 1\n")
      #expect(problems.map(\.kind.code) == ["R110"])
    }
  }

  @Test func tooManySteps() throws {
    let constraint = "%constraint: 0" + String(repeating: "+ k", count: 400) + " > 1\n"
    let values = String(repeating: "k: 0\n", count: 1000)
    let records = String(repeating: values + "\n", count: 100)
    let problems = check("%rec: r\n" + constraint + "\n" + records)
    let problem = try #require(problems.first { $0.kind.code == "R211" })
    let expected = try expectedMessages("too-many-steps.made")
    #expect(problem.message(in: .vietnamese) == expected.vietnamese)
    #expect(problem.message(in: .english) == expected.english)
    #expect(problems.count < 100)
  }

  @Test func largeRegularExpressions() {
    let large = "((a{1,255}){1,255}){1,255}"
    #expect(check("%rec: r\n%constraint: k ~ '\(large)'\n").map(\.kind.code) == ["R110"])
    #expect(check("%rec: r\n%type: k regexp /\(large)/\n").map(\.kind.code) == ["R104"])
    let deep =
      String(repeating: "(", count: 50_000) + "a" + String(repeating: "){9}", count: 50_000)
    #expect(check("%rec: r\n%constraint: k ~ '\(deep)'\n").map(\.kind.code) == ["R110"])
    #expect(check("%rec: r\n%constraint: k ~ '^([a-z]{2,90}[]{]{3}\\{){1,9}$'\n").isEmpty)
  }

  @Test func longTexts() {
    let text = String(repeating: "x", count: 1 << 18)
    let constraint = "k" + String(repeating: " & k", count: 50) + " = ''"
    let problems = check("%rec: r\n%constraint: \(constraint)\n\nk: \(text)\n")
    #expect(problems.map(\.kind.code) == ["R210"])
  }
}

/// The whole value of an expression, seen through what it makes true.
@Suite struct ConstraintTests {
  @Test func aMergedTypeHasTheConstraintsOfAllItsDescriptors() throws {
    var problems: [Diagnostic] = []
    let text = "%rec: r\n%constraint: k > 1\n%constraint: k < 9\n"
    let database = Database.read(Source(name: "x.rec", bytes: Array(text.utf8)), into: &problems)
    let one = try #require(Descriptor(database.recordSets[0], into: &problems))
    let type = try #require(RecordType(merging: [one, one], into: &problems))
    #expect(type.constraints.map(\.text.string) == ["k > 1", "k < 9", "k > 1", "k < 9"])
    #expect(problems.isEmpty)
  }
}
