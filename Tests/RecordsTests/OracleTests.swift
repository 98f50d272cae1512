import Diagnostics
import Texts
import Foundation
import Records
import Testing

/// Agreement with GNU recutils 1.9, where it is installed.
@Suite(.enabled(if: Recutils.isInstalled, "recutils (recfix, recsel) is not installed"))
struct OracleTests {
  @Test(arguments: Sample.all) func agreesOnWhatIsValid(_ sample: Sample) throws {
    let theirs = try Recutils.run("recfix", ["--no-external"], on: sample.text).succeeded
    let ours = sample.isValid
    if let exception = sample.exception {
      #expect(ours != theirs, "no longer an exception: \(exception)")
    } else {
      #expect(ours == theirs)
    }
  }

  @Test(arguments: Sample.all.filter { $0.isReadable }) func readsTheSameValues(
    _ sample: Sample
  ) throws {
    for (type, printed) in sample.printed {
      let arguments = type.map { ["-t", $0] } ?? []
      let output = try Recutils.run("recsel", arguments, on: sample.text)
      // recsel refuses texts whose schema is wrong.
      if output.succeeded { #expect(output.text == printed) }
    }
  }

  @Test(arguments: Sample.all.filter { $0.isReadable }) func canonicalTextReadsTheSame(
    _ sample: Sample
  ) throws {
    let canonical = String(decoding: sample.database.written(), as: UTF8.self)
    let before = try Recutils.run("recsel", ["-d"], on: sample.text)
    let after = try Recutils.run("recsel", ["-d"], on: canonical)
    if before.succeeded { #expect(before.text == after.text) }
  }

  @Test func tablesAgree() throws {
    let text = "a: 1\nb: x\n+ y\n\na: 2\nb: \"q\"\n"
    let output = try Recutils.run("rec2csv", [], on: text)
    #expect(output.text == "\"a\",\"b\"\n\"1\",\"x\ny\"\n\"2\",\"\"\"q\"\"\"\n")
    let database = Sample("table", text).database
    #expect(database.recordSets[0].records[0].field("b")?.value.string == "x\ny")
  }
}

enum Recutils {
  static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/recfix")

  /// Whether `recfix --check` finds a file right; paths in it count from the folder.
  static func accepts(_ file: String, in folder: String) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/recfix")
    process.arguments = ["--check", file]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["LC_ALL": "C"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  static func run(
    _ tool: String, _ arguments: [String], on text: String
  ) throws -> (text: String, succeeded: Bool) {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(UUID().uuidString).rec")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/\(tool)")
    process.arguments = arguments + [file.path]
    process.environment = ["LC_ALL": "C"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: data, as: UTF8.self), process.terminationStatus == 0)
  }
}

/// A rec text of the corpus on which we and recutils must agree.
struct Sample: CustomTestStringConvertible, Sendable {
  let name: String
  let text: String
  /// Why we judge otherwise than recutils; nil where we agree.
  let exception: String?

  init(_ name: String, _ text: String, exception: String? = nil) {
    self.name = name
    self.text = text
    self.exception = exception
  }

  var testDescription: String { name }

  private var read: (database: Database, problems: [Diagnostic]) {
    var problems: [Diagnostic] = []
    let source = Source(name: "x.rec", bytes: Array(text.utf8))
    return (Database.read(source, into: &problems), problems)
  }

  var database: Database { read.database }
  var isReadable: Bool {
    read.problems.allSatisfy { $0.severity == .warning } && database.irregularities.isEmpty
      && exception == nil
  }
  var isValid: Bool {
    let (database, problems) = read
    return database.irregularities.isEmpty
      && (problems + database.check(with: [])).allSatisfy { $0.severity == .warning }
  }

  /// Each record set in the form in which recsel prints it.
  var printed: [(type: String?, text: String)] {
    database.recordSets.filter { !$0.records.isEmpty }.map { set in
      let records = set.records.map { record in
        record.fields.map { field in
          let value = field.value.string.replacingOccurrences(of: "\n", with: "\n+ ")
          return field.name.string + ":" + (value.isEmpty ? "" : " " + value) + "\n"
        }.joined()
      }
      return (set.type?.string, records.joined(separator: "\n"))
    }
  }
}
