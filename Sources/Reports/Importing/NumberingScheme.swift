import Vietnamese

/// The ways in which the program numbers the sections of a document: what `kieu_so` says.
enum NumberingScheme: String {
  case muc, dieu, so, khoan

  /// The scheme that a document's own labels tell; nil where it has none.
  init?(_ labels: [TypedLabel]) {
    func has(_ form: TypedLabel.Form) -> Bool { labels.contains { $0.form == form } }
    if has(.article) {
      self = .dieu
    } else if has(.roman) {
      self = .muc
    } else if has(.number(2)), has(.number(1)) {
      self = .so
    } else if has(.number(1)) || has(.letter) {
      self = .khoan
    } else {
      return nil
    }
  }

  /// The level (`cap`) of a label; nil where the scheme has no such label.
  func level(of form: TypedLabel.Form) -> String? {
    switch form {
    case .part: "phan"
    case .chapter: "chuong"
    case .section: "muc"
    case .subsection: "tieu_muc"
    case .article: self == .dieu ? "1" : nil
    case .roman: self == .muc ? "1" : nil
    case .number(1): self == .muc || self == .dieu ? "2" : "1"
    case .number(let depth): self == .so && depth <= 3 ? "\(depth)" : nil
    case .letter:
      switch self {
      case .muc, .dieu: "3"
      case .khoan: "2"
      case .so: nil
      }
    case .dash: self == .khoan ? "3" : "4"
    case .plus: self == .khoan ? "4" : "5"
    case .capital: nil
    }
  }

  /// The depth by which templates count a level: 1 for I, 2 for 1., whatever the scheme.
  func depth(of level: String) -> Int? {
    guard let number = Int(level) else { return nil }
    return number == 0 ? 0 : number + (self == .khoan ? 1 : 0)
  }

  /// Tells whether a section of a depth may be a title.
  func mayBeTitle(_ depth: Int) -> Bool { (self == .so ? 1...3 : 1...2).contains(depth) }
}

/// Counts the sections as `khung/phan.md.jinja` does.
struct SectionCounter {
  private let scheme: NumberingScheme
  private var counts: [String: Int] = [:]

  init(_ scheme: NumberingScheme) { self.scheme = scheme }

  /// Counts a section on; the number that the program prints, nil for a sign.
  mutating func next(_ level: String) -> String? {
    let named = [
      "phan": ("Phần", "phần"), "chuong": ("Chương", "chương"), "muc": ("Mục", "mục luật"),
      "tieu_muc": ("Tiểu mục", "tiểu mục"),
    ]
    if let (name, key) = named[level] {
      let value = count(key)
      switch level {
      case "phan": if scheme != .dieu { counts["1"] = 0 }
      case "chuong": (counts["mục luật"], counts["tiểu mục"]) = (0, 0)
      case "muc": counts["tiểu mục"] = 0
      default: break
      }
      let isRoman = level == "phan" || level == "chuong"
      return "\(name) \(isRoman ? roman(value) : "\(value)")"
    }
    switch scheme.depth(of: level) {
    case 1?:
      let value = count("1")
      (counts["2"], counts["3"]) = (0, 0)
      return scheme == .dieu
        ? "Điều \(value)"
        : scheme == .so
          ? "\(value)"
          : roman(value)
    case 2?:
      let value = count("2")
      counts["3"] = 0
      return scheme == .so ? "\(counts["1"] ?? 0).\(value)" : "\(value)"
    case 3?:
      let value = count("3")
      return scheme == .so
        ? "\(counts["1"] ?? 0).\(counts["2"] ?? 0).\(value)" : pointLetter(value) ?? "?"
    default: return nil
    }
  }

  private func roman(_ value: Int) -> String { romanNumeral(value) ?? "\(value)" }

  private mutating func count(_ key: String) -> Int {
    counts[key, default: 0] += 1
    return counts[key] ?? 1
  }
}
