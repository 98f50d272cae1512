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

  private let font: String

  /// - Parameters:
  ///   - pictures: those that a target may name.
  ///   - font: the family of the letters in drawings.
  init(_ pictures: [OutputFile], font: String) {
    self.font = font
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
    let own = add(picture.bytes, size.type)
    return WordPicture(
      relationship: size.type == .svg ? add(fallback(for: size), .emf) : own,
      vector: size.type == .svg ? own : nil, width: size.width * Self.twipsInPixel,
      height: size.height * Self.twipsInPixel, description: nil)
  }

  /// What programs show that do not know SVG: a frame that says so.
  private func fallback(for size: PictureSize) -> [UInt8] {
    let (width, height) = (ChartStyle.width, ChartStyle.width * size.height / size.width)
    var drawing = Drawing()
    drawing.rectangle(x: 10, y: 10, width: width - 20, height: height - 20, fill: "#ffffff")
    let lines = ChartStyle.text.lines(Self.fallbackText, width: width - 200)
    let top = (height - lines.count * ChartStyle.text.lineHeight) / 2
    for (index, line) in lines.enumerated() {
      let y = top + index * ChartStyle.text.lineHeight + ChartStyle.text.size
      drawing.text(line, x: width / 2, y: y, .middle)
    }
    return Metafile(drawing, height: height, font: font).finish()
  }

  private static let fallbackText = "Ảnh SVG: Word từ bản 2016 mới hiện được ảnh này."

  /// The drawings of a chart; nil where it cannot be drawn.
  func drawings(of table: ChartTable) -> [WordPicture]? {
    Chart(table)?.drawings?.map { drawing in
      let metafile = Metafile(drawing.drawing, height: drawing.height, font: font).finish()
      return WordPicture(
        relationship: add(metafile, .emf),
        vector: add(Array(drawing.file(fonts: font).utf8), .svg), width: ChartStyle.width,
        height: drawing.height, description: "\(drawing.title). \(drawing.description)")
    }
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
  public var percentDecoded: [UInt8] {
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
