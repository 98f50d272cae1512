import Markdown
import Texts

/// The pictures and drawings of a file of Word, in the order in which its text shows them, each once.
final class WordMedia {
  private let pictures: [String: OutputFile]
  private(set) var files: [File] = []
  private var known: [String: WordPicture?] = [:]

  /// A file inside the file of Word.
  struct File {
    let name: String
    let type: String
    let relationship: String
    let bytes: [UInt8]
  }

  init(_ pictures: [OutputFile]) {
    self.pictures = Dictionary(pictures.map { ($0.path, $0) }) { first, _ in first }
  }

  /// The picture that a target of Markdown names; nil for one that Word cannot show.
  func picture(_ target: [UInt8]) -> WordPicture? {
    let path = String(decoding: target.percentDecoded, as: UTF8.self)
    if let picture = known[path] { return picture }
    let picture = pictures[path].flatMap { add($0) }
    known[path] = .some(picture)
    return picture
  }

  private func add(_ picture: OutputFile) -> WordPicture? {
    guard let size = PictureSize(of: picture.bytes) else { return nil }
    let relationship = add(picture.bytes, size.type)
    return WordPicture(
      relationship: relationship, vector: nil, width: size.width * Self.twipsInPixel,
      height: size.height * Self.twipsInPixel, description: nil)
  }

  func drawing(of chart: ChartTable) -> [WordPicture]? {
    nil
  }

  private func add(_ bytes: [UInt8], _ type: PictureSize.FileType) -> String {
    let number = files.count + 1
    let relationship = "rIdAnh\(number)"
    files.append(
      File(
        name: "anh-\(number).\(type.rawValue)", type: type.mediaType, relationship: relationship,
        bytes: bytes))
    return relationship
  }

  /// A page shows 96 pixels in an inch.
  private static let twipsInPixel = 15
}

extension [UInt8] {
  /// The text with the bytes that `%C3` and the like stand for.
  fileprivate var percentDecoded: [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < count {
      if self[index] == UInt8(ascii: "%"), index + 2 < count, let high = self[index + 1].hexValue,
        let low = self[index + 2].hexValue
      {
        output.append(high << 4 | low)
        index += 3
      } else {
        output.append(self[index])
        index += 1
      }
    }
    return output
  }
}

extension UInt8 {
  fileprivate var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}
