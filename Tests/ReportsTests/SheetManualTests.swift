import Diagnostics
import Foundation
import Testing

@testable import Reports

/// The examples of the manual page Sheets.md, run as they stand.
@Suite struct SheetManualTests {
  private struct Block {
    let info: String
    let text: String
  }

  private static var blocks: [Block] {
    let path = GoldenTests.root + "/Sources/Reports/Reports.docc/Sheets.md"
    let manual = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let parts = manual.components(separatedBy: "\n```")
    return stride(from: 1, to: parts.count - 1, by: 2).map { index in
      let lines = parts[index].split(separator: "\n", omittingEmptySubsequences: false)
      return Block(
        info: String(lines[0]), text: lines.dropFirst().joined(separator: "\n") + "\n")
    }
  }

  private func templates() throws -> TemplateCollection {
    try TemplateCollection(TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
  }

  @Test("sheets become the records that the manual shows") func sheets() throws {
    var count = 0
    for (block, next) in zip(Self.blocks, Self.blocks.dropFirst())
    where block.info.hasPrefix("csv ") {
      let imported = try ImportedSheet(
        sheet: "a.csv", Array(block.text.utf8), ofType: String(block.info.dropFirst(4)),
        into: nil, templates(), separator: nil, clearing: [])
      #expect(String(decoding: imported.bytes, as: UTF8.self) == next.text)
      count += 1
    }
    #expect(count == 1)
  }

  @Test("units add up to what the manual shows") func collecting() throws {
    func text(_ info: String) throws -> String {
      try #require(Self.blocks.first { $0.info == info }).text
    }
    let folder = NSTemporaryDirectory() + "baocao-manual-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func write(_ name: String, _ text: String) throws -> String {
      try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
      return folder + "/" + name
    }
    let first = try text("rec a.rec")
    let second = first.replacing("phường A", with: "phường B")
      .replacing("gia_tri: 20", with: "gia_tri: 7").replacing("gia_tri: 18", with: "gia_tri: 6")
    let old = first.replacing("2024", with: "2023")
      .replacing("gia_tri: 20", with: "gia_tri: 24").replacing("gia_tri: 18", with: "gia_tri: 27")
    let total = try CollectedTotal(
      try DataFile.read(path: write("tong-hop.rec", text("rec tong-hop.rec"))),
      units: [write("b.rec", second), write("a.rec", first)],
      lastYear: try DataFile.read(path: write("old.rec", old)), leavesOut: false, templates())
    #expect(String(decoding: total.bytes, as: UTF8.self).contains(try text("total")))
  }
}
