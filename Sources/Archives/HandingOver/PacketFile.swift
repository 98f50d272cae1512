import Diagnostics
import Reports
import Templating

/// A file of a packet.
struct PacketFile: Sendable {
  enum Content: Sendable {
    case bytes([UInt8])
    /// A file of a bag.
    case copy(of: String)
  }

  /// Below the packet.
  let path: String
  let content: Content
  let size: Int
  let sum: Checksum
  /// `2026-08-10T00:00:00+07:00`
  let time: String
  let mimeType: String

  init(_ path: String, _ bytes: [UInt8], mimeType: String, time: String) {
    (self.path, content, size) = (path, .bytes(bytes), bytes.count)
    (sum, self.mimeType, self.time) = (Checksum(of: bytes), mimeType, time)
  }

  init(_ path: String, _ document: PacketDocument, time: String) {
    (self.path, content, size) = (path, .copy(of: document.path), document.size)
    (sum, mimeType, self.time) = (document.sum, document.type.mimeType, time)
  }

  /// - Throws: that it is not any more what its sum says.
  func write(below folder: String) throws(Diagnostic) {
    let target = "\(folder)/\(path)"
    switch content {
    case .bytes(let bytes): try SealedFiles.write(bytes, to: target)
    case .copy(let source):
      let bytes = try Files.read(source)
      guard Checksum(of: bytes) == sum else {
        let problem = BagProblem.changed(
          bag: Files.folder(of: source), file: Files.name(of: source), contentOf: nil)
        throw Diagnostic(.archive(.bag(problem)), at: nil)
      }
      try SealedFiles.write(bytes, to: target)
    }
  }
}

/// The identifiers of a packet. They follow from what it is made of, so that the same packet has the
/// same ones.
struct PacketIdentifiers: Sendable {
  private let key: String

  /// - Parameter key: the sum of all that the packet is made of.
  init(_ key: Checksum) { self.key = key.string }

  /// The packet's own: `0F4C…-8…`.
  var uuid: String { Self.uuid(Checksum(of: Array(key.utf8))) }

  /// The one of a part of it, as XML takes it: no digit stands first.
  func id(_ part: String) -> String {
    "ID-" + Self.uuid(Checksum(of: Array("\(key) \(part)".utf8)))
  }

  /// A UUID of version 8 (RFC 9562) of the first bits of a sum, in capital letters.
  private static func uuid(_ sum: Checksum) -> String {
    var digits = Array(sum.string.uppercased().utf8.prefix(32))
    digits[12] = UInt8(ascii: "8")
    // The variant is the two bits 10 before what is left of the digit.
    let variants = Array("89AB".utf8)
    digits[16] = variants[Int(digits[16]) & 3]
    var text = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text += "-" }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return text
  }
}
