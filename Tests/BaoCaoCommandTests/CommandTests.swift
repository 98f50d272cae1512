import CaseFiles
import Foundation
import Testing

/// The cases of `cases/*.case`, each run in a folder of its own with links to `Templates` and
/// `data`: what the program prints, which files it leaves, and its exit status.
///
/// Sections: `edit PATH` (lines `- old` and `+ new`, in turn), `file PATH`, `latin1 PATH` (written
/// in ISO 8859-1), `bytes PATH` (in hexadecimal), `xlsx PATH` (see ``WorkbookFixture``), `docx PATH`
/// (see ``DocumentFixture``), `megabytes PATH` (a file of that size), `locked
/// PATH` (a file that nobody may read; root may, so such a case is not run as root), `link PATH` (a
/// symbolic link to its text), `needs TOOL` (without which the case is left out), `without PATH`, `script`
/// (see ``CaseScript``), `environment` (`NAME=value`), `input` (standard
/// input), `command` (words between spaces; `''` is the empty one); and what comes out: `status`, `stdout`, `stderr`, `outputs` (the files below `out/`).
/// `contents PATH` is what the program left in a file.
/// A case that prints messages is run once more for `stderr en`, the same in English; with a section
/// `stdout en` what it prints besides may be English too.
@Suite struct CommandCases {
  static let cases = CaseFile.all(
    in: folder("cases", besideFile: #filePath), extension: "case"
  ).filter { testCase in
    (getuid() != 0 || !testCase.sections.contains { $0.name.hasPrefix("locked ") })
      && testCase.sections.allSatisfy { isThere($0.name) }
  }

  /// Tells whether a tool that a case needs is installed, and says so where it is not.
  private static func isThere(_ section: String) -> Bool {
    guard section.hasPrefix("needs ") else { return true }
    let tool = section.dropFirst(6)
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let isThere = folders.split(separator: ":").contains { access("\($0)/\(tool)", X_OK) == 0 }
    if !isThere { print("A case is left out: \(tool) is not installed") }
    return isThere
  }

  @Test("there are cases") func thereAreCases() {
    #expect(Self.cases.count > 20)
    print("The cases of the command run \(Program.url.path)")
  }

  @Test(arguments: cases) func run(_ testCase: CaseFile) throws {
    let environment = testCase["environment"] ?? ""
    let inVietnamese = try outcome(of: testCase, environment)
    var outcome = inVietnamese
    if let index = outcome.firstIndex(where: { $0.0 == "stderr" }), !outcome[index].1.isEmpty {
      var inEnglish = try self.outcome(of: testCase, environment + "\nBAOCAO_LANG=en")
      let english = inEnglish[index].1
      inEnglish[index].1 = outcome[index].1
      // What is printed for a person to read speaks the language too.
      if testCase["stdout en"] != nil, let place = outcome.firstIndex(where: { $0.0 == "stdout" }) {
        outcome.append(("stdout en", inEnglish[place].1))
        inEnglish[place].1 = outcome[place].1
      }
      #expect(inEnglish.elementsEqual(inVietnamese, by: ==), "only messages depend on the language")
      outcome.insert(("stderr en", english), at: index + 1)
    }
    if CaseFile.isRecording {
      return try testCase.record(
        outcome.filter { !$0.1.isEmpty }, in: folder("cases", besideFile: #filePath))
    }
    for (name, text) in outcome { #expect(text == testCase[name] ?? "", "\(text)") }
  }

  private func outcome(
    of testCase: CaseFile, _ environment: String
  ) throws -> [(String, String)] {
    let workshop = try Workshop()
    defer { workshop.remove() }
    try workshop.prepare(testCase)
    if let script = testCase["script"] { try CaseScript.run(script, in: workshop) }
    let result = try workshop.run(
      testCase["command"] ?? "", environment: environment, input: testCase["input"] ?? "")
    return [
      ("status", String(result.status)), ("stdout", result.output), ("stderr", result.errors),
      ("outputs", try workshop.outputs().joined(separator: "\n")),
    ]
      + testCase.sections.filter { $0.name.hasPrefix("contents ") }.map { section in
        (section.name, workshop.contents(section.name.dropFirst(9)))
      }
  }
}

/// A list of problems that is cut tells how many more there are; another program gets all.
@Suite struct LongListTests {
  @Test func cutListsTellTheRest() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let text = "%rec: a\n%allowed: b\n\n" + (1...100).map { "c: \($0)\n" }.joined()
    try text.write(toFile: workshop.path + "/x.rec", atomically: true, encoding: .utf8)
    let shown = try workshop.run("check x.rec", environment: "", input: "")
    #expect(shown.status == 1)
    #expect(shown.errors.contains("… và 41 chỗ nữa, không in ở đây («baocao check"))
    let english = try workshop.run("check x.rec", environment: "BAOCAO_LANG=en", input: "")
    #expect(english.errors.contains("… and 41 more that are not shown (“baocao check"))
    let sheet = try workshop.run("check x.rec --json", environment: "", input: "")
    #expect(sheet.output.components(separatedBy: "\"R204\"").count == 101)
  }
}

/// The same clone gives the same bytes whatever the locale, the time zone and the folder.
@Suite struct ReproducibilityTests {
  @Test func sameBytes() throws {
    let workshop = try Workshop()
    defer { workshop.remove() }
    let settings = [
      "LANG=C", "LANG=vi_VN.UTF-8", "TZ=Asia/Ho_Chi_Minh", "TZ=America/New_York",
      "LC_ALL=tr_TR.UTF-8",
    ]
    let first = try render(in: workshop, "render data", "")
    #expect(first.count >= 30)
    for setting in settings {
      #expect(try render(in: workshop, "render data", setting) == first, "\(setting)")
    }
    #expect(try render(in: workshop, "render data --jobs 4", "") == first, "four jobs")
    #expect(try renderFromElsewhere(workshop) == first, "another folder")
  }

  private func render(
    in workshop: Workshop, _ command: String, _ environment: String
  ) throws -> [String: Data] {
    let result = try workshop.run(command, environment: environment, input: "")
    #expect(result.status == 0, "\(result.errors)")
    let files = try workshop.outputContents()
    try FileManager.default.removeItem(atPath: workshop.path + "/out")
    return files
  }

  private func renderFromElsewhere(_ workshop: Workshop) throws -> [String: Data] {
    let other = try Workshop()
    defer { other.remove() }
    let (data, templates) = (workshop.path + "/data", workshop.path + "/Templates")
    return try render(in: other, "render \(data) --templates \(templates)", "")
  }
}

/// The program that the cases run.
enum Program {
  /// The release build where there is one that is newer than all sources, as it takes a tenth of
  /// the time; else the debug build beside the tests.
  static let url: URL = {
    let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let release = products.deletingLastPathComponent().appendingPathComponent("release/baocao")
    let root = packageRoot(ofTest: #filePath)
    let sources = [root + "/Package.swift", root + "/Sources"] + paths(below: root + "/Sources")
    if let built = changed(release.path),
      sources.allSatisfy({ changed($0).map { $0 < built } ?? true })
    {
      return release
    }
    return products.appendingPathComponent("baocao")
  }()

  private static func changed(_ path: String) -> Date? {
    try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }

  private static func paths(below folder: String) -> [String] {
    let names = try? FileManager.default.subpathsOfDirectory(atPath: folder)
    return (names ?? []).map { folder + "/" + $0 }
  }
}

/// The shipped templates and data, copied once for all cases.
///
/// Each case links to the copies of templates instead of making its own. That does no harm: none is
/// ever written, and ``Workshop`` removes before it writes. Data files are copied, as the program
/// writes one with several names in place.
private enum Shipped {
  static let folder = NSTemporaryDirectory() + "baocao-shipped-\(getpid())"
  static let names = ["Templates", "data"]

  /// Folders and files, by their paths below ``folder``.
  static let copies: Result<(folders: [String], files: [String]), any Error> = Result {
    try? FileManager.default.removeItem(atPath: folder)
    atexit { try? FileManager.default.removeItem(atPath: Shipped.folder) }
    let root = packageRoot(ofTest: #filePath)
    let paths = try names.flatMap { name in
      try [name]
        + FileManager.default.subpathsOfDirectory(atPath: root + "/" + name).map { name + "/" + $0 }
    }
    let folders = paths.filter { isFolder(root + "/" + $0) }
    for path in folders {
      try FileManager.default.createDirectory(
        atPath: folder + "/" + path, withIntermediateDirectories: true)
    }
    let files = paths.filter { !isFolder(root + "/" + $0) }
    // Contents alone: the owner and group of a checkout need not be the user's to give.
    for path in files {
      let data = try Data(contentsOf: URL(fileURLWithPath: root + "/" + path))
      try data.write(to: URL(fileURLWithPath: folder + "/" + path))
    }
    return (folders, files)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}

/// A temporary folder with the shipped templates and data, in which the program is run.
struct Workshop {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "baocao-" + UUID().uuidString
    let shipped = try Shipped.copies.get()
    for folder in [""] + shipped.folders {
      try #require(mkdir(path + "/" + folder, 0o755) == 0, "mkdir: \(errno)")
    }
    for file in shipped.files {
      if file.hasPrefix("data/") {
        let data = try Data(contentsOf: URL(fileURLWithPath: Shipped.folder + "/" + file))
        try data.write(to: URL(fileURLWithPath: path + "/" + file))
        continue
      }
      let isLinked = link(Shipped.folder + "/" + file, path + "/" + file) == 0
      try #require(isLinked, "link: \(errno)")
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  func prepare(_ testCase: CaseFile) throws {
    for (name, text) in testCase.sections {
      let words = name.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { continue }
      let file = path + "/" + words[1]
      switch words[0] {
      case "edit": try edit(file, text)
      case "file": try write(Data((text + "\n").utf8), to: file)
      case "latin1": try write(try #require((text + "\n").data(using: .isoLatin1)), to: file)
      case "bytes":
        let bytes = text.split { $0.isWhitespace }.compactMap { UInt8($0, radix: 16) }
        try write(Data(bytes), to: file)
      case "xlsx": try write(WorkbookFixture(text).data, to: file)
      case "docx": try write(DocumentFixture(text).data, to: file)
      case "megabytes":
        try write(Data(count: (Int(text) ?? 0) << 20), to: file)
      case "locked":
        try write(Data((text + "\n").utf8), to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
      case "without": try FileManager.default.removeItem(atPath: file)
      case "link":
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: text)
      default: break
      }
    }
  }

  private func write(_ data: Data, to file: String) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // It may be a link to the copy of all cases.
    unlink(file)
    try data.write(to: URL(fileURLWithPath: file))
  }

  private func edit(_ file: String, _ changes: String) throws {
    var text = try String(contentsOfFile: file, encoding: .utf8)
    var old = ""
    for line in changes.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("- ") { old = String(line.dropFirst(2)) }
      guard line.hasPrefix("+") else { continue }
      let range = try #require(text.range(of: old + "\n"), "no line «\(old)»")
      let new = line.dropFirst(2)
      text.replaceSubrange(range, with: new.isEmpty ? "" : new + "\n")
    }
    try text.write(toFile: file, atomically: true, encoding: .utf8)
  }

  func run(
    _ command: String, environment: String, input: String
  ) throws -> (status: Int32, output: String, errors: String) {
    let words = command.split(separator: " ").map { $0 == "''" ? "" : String($0) }
    return try run(words: words, environment: environment, input: input)
  }

  func run(
    words: [String], environment: String = "", input: String = ""
  ) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = Program.url
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    // The same messages whether a dictionary is installed or not.
    process.environment = Dictionary(
      ("BAOCAO_TU_DIEN=\n" + environment).split(separator: "\n").map { line in
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), String(parts.last ?? ""))
      }
    ) { $1 }
    let (output, errors, standardInput) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = standardInput
    try process.run()
    standardInput.fileHandleForWriting.write(Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, Self.text(printed), Self.text(complaints))
  }

  /// Runs a script in which `$PROGRAM` is the program, with all that it prints together.
  func bash(_ script: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    process.environment = [
      "PROGRAM": Program.url.path, "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "BAOCAO_TU_DIEN": "",
      "LC_ALL": "C.UTF-8",
    ]
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, output)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: printed, as: UTF8.self)
    return (process.terminationStatus, text.trimmingCharacters(in: .newlines))
  }

  /// Without the last line feed, as the sections of a case file are.
  private static func text(_ data: Data) -> String {
    let text = String(decoding: data, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// A file as the sections of a case file are; empty where there is none.
  func contents(_ name: Substring) -> String {
    guard let data = FileManager.default.contents(atPath: path + "/" + name) else { return "" }
    return Self.text(data)
  }

  /// The documents and pictures below `out/`; the list of them is the matter of ``IndexTests``.
  func outputs() throws -> [String] {
    try allOutputs().filter { $0 != "index.html" && !$0.hasSuffix("/.muc-luc.rec") }
  }

  func allOutputs() throws -> [String] { try outputContents().keys.sorted() }

  /// Every file below `out/`, by its path from there.
  func outputContents() throws -> [String: Data] {
    let root = path + "/out"
    var files: [String: Data] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
      let attributes = try FileManager.default.attributesOfItem(atPath: root + "/" + name)
      guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
      files[name] = FileManager.default.contents(atPath: root + "/" + name)
    }
    return files
  }
}
