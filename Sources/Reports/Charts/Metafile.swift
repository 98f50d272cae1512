import Texts

/// A drawing as an enhanced metafile of Windows ([MS-EMF]): shapes and letters, not dots, which every
/// Word shows and prints sharp.
struct Metafile: ~Copyable {
  private var records = ByteBuffer()
  private var recordCount = 1
  /// The pens, brushes and fonts that were made, by what they are; each has the next number.
  private var objects: [String: Int] = [:]
  /// What was chosen last, so that it is not chosen again.
  private var chosen: [Choice: Int] = [:]
  private let font: String
  private let size: (width: Int, height: Int)

  private enum Choice { case pen, brush, font, anchor }

  private enum Record: Int {
    case header = 1, polygon = 3, polyline = 4
    case windowExtent = 9, windowOrigin = 10, viewportExtent = 11, viewportOrigin = 12, end = 14
    case mapMode = 17, backgroundMode = 18, textAlignment = 22, textColour = 24, select = 37
    case brush = 39, ellipse = 42, rectangle = 43, font = 82, text = 84, pen = 95
  }

  /// - Parameters:
  ///   - height: in tenths of a drawing's unit, as its width is.
  ///   - font: the family of its letters.
  init(_ drawing: Drawing, height: Int, font: String) {
    self.font = font
    size = (ChartStyle.width, max(height, 1))
    begin()
    for shape in drawing.shapes { append(shape) }
    append(.end, [0, 16, 20])
  }

  /// The bytes of the file.
  consuming func finish() -> [UInt8] {
    let device = (width: size.width / Self.unitsInDot, height: size.height / Self.unitsInDot)
    var file = ByteBuffer()
    let frame = [0, 0, device.width * 10, device.height * 10]
    let head =
      [Record.header.rawValue, Self.headSize, 0, 0, device.width - 1, device.height - 1] + frame
      + [0x464D_4520, 0x10000, Self.headSize + records.count, recordCount, objects.count + 1]
    // No description and no palette; a device of ten dots in a millimetre.
    for number in head + [0, 0, 0, 2100, 2970, 210, 297] { file.append(word: number) }
    file.append(records.span)
    return file.bytes
  }

  private static let headSize = 88
  /// The width of a page's text, 1650 tenths of a millimetre, is about that of a drawing.
  private static let unitsInDot = 3

  // MARK: Records

  private mutating func append(_ record: Record, _ numbers: [Int], _ tail: [UInt8] = []) {
    records.append(word: record.rawValue)
    let padding = (4 - tail.count % 4) % 4
    records.append(word: 8 + 4 * numbers.count + tail.count + padding)
    for number in numbers { records.append(word: number) }
    records.append(contentsOf: tail)
    records.append(contentsOf: [UInt8](repeating: 0, count: padding))
    recordCount += 1
  }

  private mutating func begin() {
    append(.mapMode, [8])
    append(.windowOrigin, [0, 0])
    append(.windowExtent, [size.width, size.height])
    append(.viewportOrigin, [0, 0])
    append(.viewportExtent, [size.width / Self.unitsInDot, size.height / Self.unitsInDot])
    append(.backgroundMode, [1])
    append(.textColour, [0])
  }

  private mutating func choose(
    _ choice: Choice, _ key: String, _ make: (inout Metafile, Int) -> Void
  ) {
    let number = objects[key] ?? objects.count + 1
    if objects[key] == nil {
      objects[key] = number
      make(&self, number)
    }
    select(choice, number)
  }

  private mutating func select(_ choice: Choice, _ number: Int) {
    if chosen[choice] == number { return }
    chosen[choice] = number
    append(.select, [number])
  }

  private mutating func choosePen(_ colour: String, width: Int, dashes: String = "") {
    choose(.pen, "pen \(colour) \(width) \(dashes)") { file, number in
      let lengths = dashes.split(separator: " ").compactMap { Int($0).map { $0 * 10 } }
      // A geometric pen with flat ends and pointed corners.
      let style = 0x12200 | (lengths.isEmpty ? 0 : 7)
      file.append(
        .pen,
        [number, 0, 0, 0, 0, style, width, 0, colour.colourNumber, 0, lengths.count] + lengths)
    }
  }

  private mutating func chooseBrush(_ colour: String) {
    choose(.brush, "brush \(colour)") { file, number in
      file.append(.brush, [number, 0, colour.colourNumber, 0])
    }
  }

  private static let noPen = 0x8000_0008

  // MARK: Shapes

  private mutating func append(_ shape: Drawing.Shape) {
    switch shape {
    case .rectangle(let x, let y, let width, let height, let fill, let isOutlined):
      chooseBrush(fill)
      if isOutlined { choosePen(ChartStyle.ink, width: 8) } else { select(.pen, Self.noPen) }
      append(.rectangle, [x, y, x + width, y + height])
    case .line(let start, let end, let colour):
      choosePen(colour, width: 8)
      append(.polyline, points: [start, end])
    case .lines(let lines, let dashes):
      choosePen(ChartStyle.ink, width: 20, dashes: dashes)
      for points in lines where points.count > 1 { append(.polyline, points: points) }
    case .mark(let mark, let x, let y): append(mark, x: x, y: y)
    case .text(let text, let x, let y, let anchor): append(text, x: x, y: y, anchor)
    }
  }

  private mutating func append(_ record: Record, points: [Drawing.Point]) {
    let (across, down) = (points.map(\.x), points.map(\.y))
    let bounds = [across.min(), down.min(), across.max(), down.max()].map { $0 ?? 0 }
    append(record, bounds + [points.count] + points.flatMap { [$0.x, $0.y] })
  }

  private mutating func append(_ mark: ChartStyle.Mark, x: Int, y: Int) {
    choosePen(ChartStyle.ink, width: 15)
    chooseBrush(mark == .disc || mark == .diamond ? ChartStyle.ink : "#ffffff")
    switch mark {
    case .disc, .ring: append(.ellipse, [x - 30, y - 30, x + 30, y + 30])
    case .square: append(.rectangle, [x - 30, y - 30, x + 30, y + 30])
    case .diamond:
      append(.polygon, points: [(x - 40, y), (x, y - 40), (x + 40, y), (x, y + 40)])
    }
  }

  // MARK: Text

  private mutating func append(_ text: String, x: Int, y: Int, _ anchor: Drawing.Anchor) {
    chooseFont()
    let side = 24 | (anchor == .start ? 0 : anchor == .end ? 2 : 6)
    if chosen[.anchor] != side {
      chosen[.anchor] = side
      append(.textAlignment, [side])
    }
    let units = Array(text.composed.utf16)
    let letters = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let padding = [UInt8](repeating: 0, count: (4 - letters.count % 4) % 4)
    var advances = ByteBuffer()
    for unit in units { advances.append(word: Self.advance(unit)) }
    let start = 76
    append(
      .text,
      [0, 0, -1, -1, 2, 0, 0, x, y, units.count, start, 0, 0, 0, -1, -1]
        + [start + letters.count + padding.count],
      letters + padding + advances.bytes)
  }

  private static func advance(_ unit: UInt16) -> Int {
    let letter = Unicode.Scalar(unit).map { String(Character($0)) } ?? " "
    return (LetterWidths.width(letter, isBold: false) * ChartStyle.text.size + 500) / 1000
  }

  private mutating func chooseFont() {
    let family = font
    choose(.font, "font") { file, number in
      // Letters of a normal weight, of the Vietnamese character set, of a roman family.
      var name = Array(family.utf16.prefix(31)).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      name += [UInt8](repeating: 0, count: 64 - name.count)
      let style: [UInt8] = [0, 0, 0, 163, 0, 0, 0, 0x12]
      let rest = [UInt8](repeating: 0, count: 320 - 20 - style.count - name.count)
      file.append(.font, [number, -ChartStyle.text.size, 0, 0, 0, 400], style + name + rest)
    }
  }
}

extension ByteBuffer {
  /// Appends a number in four bytes, the lowest first.
  fileprivate mutating func append(word: Int) {
    append(4, of: UInt64(UInt32(truncatingIfNeeded: word)))
  }
}

extension String {
  /// The number of a colour, `#1f4e79` or `#fff`, as Windows has it: red in the lowest byte.
  fileprivate var colourNumber: Int {
    let digits = dropFirst()
    let long = digits.count == 3 ? digits.flatMap { [$0, $0] } : Array(digits)
    let number = Int(String(long), radix: 16) ?? 0
    return number >> 16 & 0xFF | number & 0xFF00 | (number & 0xFF) << 16
  }
}
