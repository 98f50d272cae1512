import Texts

/// What each byte of an encoding stands for.
struct ByteTable: Sendable {
  /// A scalar for each byte, ``none`` where the encoding has none.
  let scalars: [UInt32]
  /// The same in UTF-8: up to three bytes, the first lowest, and their number on top. A mark that
  /// joins the letter before it has ``isMark`` too.
  let encoded: [UInt32]

  /// For each byte five places: the UTF-8 of its letter with each tone; 0 where there is none.
  let toned: [UInt32]

  static let none: UInt32 = .max
  static let isMark: UInt32 = 0x8000_0000

  /// - Parameters:
  ///   - upper: the characters from 0x80 on, `␦` where there is none.
  ///   - lower: those that stand below 0x20.
  init(_ upper: [Unicode.Scalar], lower: [UInt8: Unicode.Scalar] = [:]) {
    var scalars = (0..<UInt32(128)).map { $0 } + upper.map { $0 == "␦" ? ByteTable.none : $0.value }
    for (byte, scalar) in lower { scalars[Int(byte)] = scalar.value }
    self.scalars = scalars
    encoded = scalars.map { scalar in
      if scalar == ByteTable.none { return 0 }
      let bytes = EncodedScalar(scalar)
      let mark = 0x300..<0x370 ~= scalar ? ByteTable.isMark : 0
      return bytes.bytes | UInt32(bytes.length) << 24 | mark
    }
    toned = scalars.flatMap { scalar in
      Letters.toneMarks.map { mark in
        guard let letter = Letters.letter(Letters.letter(scalar), adding: mark) else { return 0 }
        let bytes = EncodedScalar(Letters.scalars[Int(letter.bits)])
        return bytes.bytes | UInt32(bytes.length) << 24
      }
    }
  }

  /// That of an encoding with one byte a character; nil for others.
  static func table(of encoding: TextEncoding) -> ByteTable? {
    switch encoding {
    case .tcvn3: tcvn3
    case .viscii: viscii
    case .vps: vps
    case .windows1258: windows1258
    case .windows1252: windows1252
    case .vni, .viqr, .utf8, .utf16: nil
    }
  }

  /// Windows-1252 from 0x80 to 0x9F, the signs of office programs; the fonts of TCVN3 and VNI have
  /// them too.
  private static let signs = "€␦‚ƒ„…†‡ˆ‰Š‹Œ␦Ž␦␦‘’“”•–—˜™š›œ␦žŸ"
  /// ISO 8859-1 from 0xA0 to 0xBF.
  private static let latinSigns =
    "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿"

  static let windows1252 = ByteTable(
    scalars(signs + latinSigns + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß")
      + scalars("àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"))

  static let windows1258 = ByteTable(
    scalars("€␦‚ƒ„…†‡ˆ‰␦‹Œ␦␦␦␦‘’“”•–—˜™␦›œ␦␦Ÿ" + latinSigns)
      + scalars("ÀÁÂĂÄÅÆÇÈÉÊË") + ["\u{300}"] + scalars("ÍÎÏĐÑ") + ["\u{309}"]
      + scalars("ÓÔƠÖ×ØÙÚÛÜƯ") + ["\u{303}"] + scalars("ßàáâăäåæçèéêë") + ["\u{301}"]
      + scalars("íîïđñ") + ["\u{323}"] + scalars("óôơö÷øùúûüư₫ÿ"))

  /// The upper half of TCVN 5712: the letters of VN3, and in its gaps the capitals and the combining
  /// tones of VN2. Below 0xA0 it is as the fonts are.
  static let tcvn3 = ByteTable(
    scalars(signs + "\u{A0}ĂÂÊÔƠƯĐăâêôơưđẰ") + [
      "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}",
    ]
      + scalars("àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"))

  static let viscii = ByteTable(
    scalars("ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ")
      + scalars("ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"),
    lower: [0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"])

  /// As GNU recode and the input method xvnkb have it (Ỗ is in the second only); quotes and the no-break space, which VPS
  /// leaves where Windows has them, as on Windows.
  static let vps = ByteTable(
    scalars("ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ‘’ỀỂỄỐỒỔỖýỷỵỚỜỞ\u{A0}ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕự")
      + scalars("ầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ␦àáâãảạă␦èéêẽìí␦ĩẴĐòóôõ␦Ơụùúủ␦ỶẼỳ"),
    lower: [
      0x02: "Ạ", 0x03: "Ậ", 0x04: "Ặ", 0x05: "Ẹ", 0x06: "Ệ", 0x10: "Ị", 0x11: "Ọ", 0x12: "Ộ",
      0x13: "Ợ", 0x14: "Ụ", 0x15: "Ự", 0x19: "Ỵ", 0x1C: "Ẫ", 0x1D: "Ữ",
    ])

  private static func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
}

/// VNI for Windows: which bytes are letters, and which marks follow them.
struct VNITable: Sendable {
  /// For each byte that a mark may follow, 1 to 14: the row of ``pairs``; 0 for others.
  let rows: [UInt8]
  /// A scalar for each row and each mark from 0xC0 on; 0 for none.
  let pairs: [UInt32]
  /// Bytes that stand alone; ``ByteTable/none`` for marks.
  let alone: ByteTable

  static let table = VNITable()

  private init() {
    // A mark is written as a small letter behind a small one, and as a capital behind a capital;
    // texts that were typed otherwise are read as well.
    let tones: [(mark: UInt8, tone: UInt8)] = [
      (0xF8, 1), (0xFB, 2), (0xF5, 3), (0xF9, 4), (0xEF, 5),
    ]
    let hats: [(mark: UInt8, tone: UInt8)] = [
      (0xE2, 0), (0xE0, 1), (0xE5, 2), (0xE3, 3), (0xE1, 4), (0xE4, 5),
    ]
    let breves: [(mark: UInt8, tone: UInt8)] = [
      (0xEA, 0), (0xE8, 1), (0xFA, 2), (0xFC, 3), (0xE9, 4), (0xEB, 5),
    ]
    var rows = [UInt8](repeating: 0, count: 256)
    var pairs = [UInt32](repeating: 0, count: 15 * 64)
    var row: UInt8 = 0
    func add(_ letter: Unicode.Scalar, _ marks: [(mark: UInt8, tone: UInt8)], isCapital: Bool) {
      for (mark, tone) in marks {
        let bits = Letter(rank: Letters.rank(letter), tone: tone, isCapital: isCapital).bits
        let scalar = Letters.scalars[Int(bits)]
        pairs[Int(row) * 64 + Int(mark - 0xC0)] = scalar
        pairs[Int(row) * 64 + Int(mark - 0xE0)] = scalar
      }
    }
    for isCapital in [false, true] {
      for (byte, letter) in [
        (0x61, "a"), (0x65, "e"), (0x6F, "o"), (0x75, "u"), (0x79, "y"), (0xF4, "ơ"), (0xF6, "ư"),
      ] as [(UInt8, Unicode.Scalar)] {
        row += 1
        rows[Int(isCapital ? byte - 0x20 : byte)] = row
        add(letter, tones, isCapital: isCapital)
        switch letter {
        case "a":
          add("â", hats, isCapital: isCapital)
          add("ă", breves, isCapital: isCapital)
        case "e": add("ê", hats, isCapital: isCapital)
        case "o": add("ô", hats, isCapital: isCapital)
        default: break
        }
      }
    }
    var upper = ByteTable.windows1252.scalars[0x80..<0xC0].map { scalar in
      Unicode.Scalar(scalar) ?? "␦"
    }
    let letters: [UInt8: Unicode.Scalar] = [
      0xF1: "đ", 0xF4: "ơ", 0xF6: "ư", 0xEC: "ì", 0xED: "í", 0xE6: "ỉ", 0xF3: "ĩ", 0xF2: "ị",
      0xEE: "ỵ", 0xD1: "Đ", 0xD4: "Ơ", 0xD6: "Ư", 0xCC: "Ì", 0xCD: "Í", 0xC6: "Ỉ", 0xD3: "Ĩ",
      0xD2: "Ị", 0xCE: "Ỵ",
    ]
    for byte in UInt8(0xC0)...0xFF { upper.append(letters[byte] ?? "␦") }
    (self.rows, self.pairs, alone) = (rows, pairs, ByteTable(upper))
  }
}
