import Foundation

extension Engine {
  /// Those of Jinja2 and MiniJinja that `python3` has, run by `engines.py` in a process of its own.
  static func python(_ template: String, _ reports: [ReportData]) throws -> [Engine] {
    guard let worker = try PythonWorker(folder + "/engines.py") else { return [] }
    let texts = reports.map { String(decoding: $0.json, as: UTF8.self) }
    let setup: [String: Any] = ["template": template, "reports": texts]
    return try worker.ask(setup, for: [String].self).enumerated().map { index, name in
      Engine(
        name: name,
        texts: { try worker.ask([index, "texts"], for: [String].self).map { Array($0.utf8) } },
        time: { stage in try worker.ask([index, stage.rawValue], for: Double.self) })
    }
  }

  /// The folder of the comparison.
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().path
}

/// Answers requests, both a line of JSON; it ends with its standard input.
private final class PythonWorker {
  private let process = Process()
  private let (input, output) = (Pipe(), Pipe())

  /// Nil where there is no Python.
  init?(_ script: String) throws {
    guard let python = PythonWorker.python else { return nil }
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  /// First the one whose packages `.ci/install` chose.
  private static var python: String? {
    let search = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders = [Engine.folder + "/../../.build-tools/bin"] + search.components(separatedBy: ":")
    return folders.map { $0 + "/python3" }.first(where: FileManager.default.isExecutableFile)
  }

  func ask<Answer: Decodable>(_ request: Any, for type: Answer.Type) throws -> Answer {
    let line = try JSONSerialization.data(withJSONObject: request) + Data("\n".utf8)
    try input.fileHandleForWriting.write(contentsOf: line)
    var answer = Data()
    while answer.last != UInt8(ascii: "\n") {
      let part = output.fileHandleForReading.availableData
      guard !part.isEmpty else { throw CocoaError(.fileReadUnknown) }
      answer += part
    }
    return try JSONDecoder().decode(type, from: answer)
  }
}
