/// The type and the size of a picture, as the head of its file tells them.
public struct PictureSize: Equatable, Sendable {
  let type: FileType
  /// In pixels.
  public let width: Int
  public let height: Int

  /// The types that every Word shows, by the extensions of their files.
  enum FileType: String, Sendable {
    case png, jpeg, gif
    case svg, emf

    var mediaType: String {
      switch self {
      case .png: "image/png"
      case .jpeg: "image/jpeg"
      case .gif: "image/gif"
      case .svg: "image/svg+xml"
      case .emf: "image/x-emf"
      }
    }
  }

  private init?(_ type: FileType, _ width: Int, _ height: Int) {
    guard width > 0, height > 0 else { return nil }
    (self.type, self.width, self.height) = (type, width, height)
  }

  /// nil for another type, and for a file whose head is damaged.
  public init?(of bytes: [UInt8]) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), bytes.count >= 24 {
      self.init(.png, bytes.number(at: 16, count: 4), bytes.number(at: 20, count: 4))
    } else if bytes.starts(with: "GIF8".utf8), bytes.count >= 10 {
      let width = Int(bytes[6]) | Int(bytes[7]) << 8
      self.init(.gif, width, Int(bytes[8]) | Int(bytes[9]) << 8)
    } else if bytes.starts(with: [0xFF, 0xD8]) {
      self.init(jpeg: bytes)
    } else {
      self.init(svg: bytes)
    }
  }

  /// Reads `viewBox`, else `width` and `height`, of the root; one without a size is square.
  private init?(svg bytes: [UInt8]) {
    let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
    guard let start = head.range(ofRoot: "<svg") else { return nil }
    let tag = head[start...].prefix { $0 != ">" }
    let box = tag.value(of: "viewBox")?.split { $0 == " " || $0 == "," }.compactMap(\.pixels)
    if let box, box.count == 4 {
      self.init(.svg, box[2], box[3])
    } else {
      let width = tag.value(of: "width")?.pixels
      let height = tag.value(of: "height")?.pixels
      self.init(.svg, width ?? height ?? 300, height ?? width ?? 300)
    }
  }

  /// Goes from segment to segment to the one that has the size.
  private init?(jpeg bytes: [UInt8]) {
    var index = 2
    while index + 9 < bytes.count {
      guard bytes[index] == 0xFF else { return nil }
      let marker = bytes[index + 1]
      switch marker {
      case 0xFF: index += 1
      case 0x01, 0xD0...0xD8: index += 2
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker):
        self.init(
          .jpeg, bytes.number(at: index + 7, count: 2), bytes.number(at: index + 5, count: 2))
        return
      default: index += 2 + bytes.number(at: index + 2, count: 2)
      }
    }
    return nil
  }
}

extension [UInt8] {
  /// A number whose highest byte comes first.
  fileprivate func number(at index: Int, count: Int) -> Int {
    self[index..<index + count].reduce(0) { $0 << 8 | Int($1) }
  }
}

extension String {
  /// Where the tag of the root begins; nil where there is none.
  fileprivate func range(ofRoot tag: String) -> String.Index? {
    indices.first { self[$0] == "<" && self[$0...].hasPrefix(tag) }
  }
}

extension Substring {
  /// The value of an attribute in a tag.
  fileprivate func value(of attribute: String) -> Substring? {
    for quote in ["\"", "'"] {
      let opening = " \(attribute)=\(quote)"
      guard let start = indices.first(where: { self[$0...].hasPrefix(opening) }) else { continue }
      return self[start...].dropFirst(opening.count).prefix { String($0) != quote }
    }
    return nil
  }

  /// A length in whole pixels, `12.5px` as 12; nil for what is no number or absurdly long.
  fileprivate var pixels: Int? {
    let number = Int(prefix { $0.isASCII && $0.isNumber || $0 == "-" })
    return number.flatMap { abs($0) <= 100_000 ? $0 : nil }
  }
}
