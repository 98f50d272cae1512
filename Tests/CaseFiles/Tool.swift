import Foundation

/// A program of the system that a test compares with; a test that needs an absent one is skipped.
public struct Tool: Sendable {
  public let name: String
  private let path: String?

  public init(_ name: String) {
    self.name = name
    let root = packageRoot(ofTest: #filePath)
    let search = ProcessInfo.processInfo.environment["PATH"] ?? ""
    // First the folder whose versions .ci/install chose.
    path = ([root + "/.build-tools/bin"] + search.split(separator: ":").map(String.init))
      .map { $0 + "/" + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  public var isHere: Bool { path != nil }

  /// The path of the program; nil where it is absent.
  public var location: String? { path }

  /// Runs the program and waits for it.
  public func run(
    _ arguments: [String], input: Data = Data()
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "/nonexistent/" + name)
    process.arguments = arguments
    let (output, standardInput) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = output
    process.standardInput = standardInput
    try process.run()
    standardInput.fileHandleForWriting.write(input)
    try standardInput.fileHandleForWriting.close()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: printed, as: UTF8.self))
  }
}
