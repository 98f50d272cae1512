import CaseFiles
import Testing

/// The pages of an office's folder as a browser without JavaScript uses them: adding up, sheets, sealing,
/// names and deleted files (`folder.py`).
@Suite struct FolderTests {
  private static let python = Tool("python3")

  @Test(.enabled(if: python.isHere, "python3 is not installed"))
  func pages() throws {
    let script = folder("folder.py", besideFile: #filePath)
    let (status, output) = try Self.python.run([script, Program.path])
    #expect(status == 0 && output == "the pages of the folder are right\n", "\(output)")
  }
}
