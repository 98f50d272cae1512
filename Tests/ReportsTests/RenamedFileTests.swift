import Diagnostics
import Foundation
import Testing

@testable import Reports

/// Another name for a file.
@Suite struct RenamedFileTests {
  @Test("a file gets a new name, and never that of another file") func rename() throws {
    let folder = NSTemporaryDirectory() + "baocao-rename-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Files.write(Array("a".utf8).span, to: folder + "/a")
    try Files.write(Array("b".utf8).span, to: folder + "/b")
    let code: String?
    do {
      try Files.rename(folder + "/a", toNew: folder + "/b", as: "b")
      code = nil
    } catch {
      code = error.kind.code
    }
    #expect(code == "F103")
    let kept = try Files.read(folder + "/a")
    #expect(kept == Array("a".utf8))
    try Files.rename(folder + "/a", toNew: folder + "/c", as: "c")
    let names = try Files.names(in: folder)
    let moved = try Files.read(folder + "/c")
    let other = try Files.read(folder + "/b")
    #expect(names == ["b", "c"] && moved == Array("a".utf8) && other == Array("b".utf8))
  }
}
