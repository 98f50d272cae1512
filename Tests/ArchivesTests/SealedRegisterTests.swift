import Foundation
import Testing

@testable import Archives

/// The register of an archive, read piece by piece.
@Suite struct SealedRegisterTests {
  private struct Read: Equatable {
    var bags: [String?] = []
    var lines: [Int] = []
    var places: [Range<Int>] = []
    var oddLine: Int?
  }

  /// A register of some entries, the third with a long line.
  private static let text: [UInt8] = {
    var bytes = Array(RegisterText.heading.utf8)
    var sum = Checksum.zero
    for number in 1...6 {
      if number > 1 { bytes.append(0x0A) }
      let subject = String(repeating: "kính gửi ", count: number == 3 ? 60 : number)
      let entry = RegisterEntry(
        bag: "goi/thu-\(number)/cong-van", sum: Checksum(of: [UInt8(number)]),
        fields: [("trich_yeu", subject + "Sở")])
      let text = entry.text(number: number, after: sum)
      bytes += text.bytes
      sum = text.sum
    }
    return bytes
  }()

  private static func read(_ bytes: [UInt8], pieceSize: Int) throws -> Read {
    let folder = NSTemporaryDirectory() + "baocao-register-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let archive = Archive(folder)
    try Data(bytes).write(to: URL(fileURLWithPath: archive.registerPath))
    let file = try RegisterFile(archive, nil)
    var read = Read()
    read.oddLine = try RegisterText.read(file, pieceSize: pieceSize) { entry, place in
      read.bags.append(entry.bag)
      read.lines.append(entry.line)
      read.places.append(place)
      let again = RegisterText.entry(in: file, at: place, line: entry.line)
      #expect(again?.sum == entry.sum && again?.own == entry.own)
    }
    return read
  }

  @Test("pieces of any size tell the same as the whole, of damaged registers too") func pieces()
    throws
  {
    var damaged = [
      Self.text, Self.text + [0x0A], Self.text.dropLast(), Self.text + Array("x: 1\n".utf8),
    ]
    damaged.append(Self.text + Array("\nso: 7\n".utf8))
    let gap = try #require(
      Self.text.indices.dropFirst(900).first {
        Self.text[$0] == 0x0A && Self.text[$0 + 1] == 0x0A
      })
    damaged.append(Array(Self.text[...gap]) + [0x0A] + Self.text[(gap + 1)...])
    damaged.append(Array(RegisterText.heading.utf8))
    var oddLines: [Int?] = []
    for bytes in damaged {
      let whole = try Self.read(Array(bytes), pieceSize: 1 << 18)
      oddLines.append(whole.oddLine)
      for size in [1, 2, 7, 64, 255, 256, 257, 300, 511, 800, bytes.count - 1, bytes.count] {
        #expect(try Self.read(Array(bytes), pieceSize: size) == whole, "\(size)")
      }
    }
    #expect(oddLines.map { $0 == nil } == [true, false, false, false, false, true, false])
    #expect(try Self.read(Self.text, pieceSize: 300).bags.count == 6)
  }
}
