import Texts
import Vietnamese

/// The lists of a document, and how far each has counted: the labels that Word computes and writes
/// nowhere.
final class DocumentNumbering: XMLHandler {
  private struct Level {
    var start = 1
    var format = "decimal"
    /// `%1.%2.`
    var text = ""
    /// The level from which on a number begins it anew, counted from 1; 0 for none.
    var restart: Int?
    var isLegal = false
  }

  private struct Definition {
    var levels: [Int: Level] = [:]
    /// The style whose list it is.
    var link: String?
  }

  private struct List {
    var definition = -1
    var starts: [Int: Int] = [:]
    var levels: [Int: Level] = [:]
  }

  private var definitions: [Int: Definition] = [:]
  private var lists: [Int: List] = [:]
  private var counters: [Int: [Int?]] = [:]
  private var begun: Set<[Int]> = []

  // What is being read.
  private var definition: Int?
  private var list: Int?
  private var level: Int?

  /// Levels that a list has.
  private static let levelCount = 9

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case "abstractNum":
      definition = attributes.number("abstractNumId")
      if let definition { definitions[definition] = Definition() }
    case "num":
      list = attributes.number("numId")
      if let list { lists[list] = List() }
    case "abstractNumId":
      if let list { lists[list]?.definition = attributes.number("val") ?? -1 }
    case "numStyleLink":
      if let definition { definitions[definition]?.link = attributes.string("val") }
    case "lvlOverride": level = levelNumber(attributes)
    case "startOverride":
      if let list, let level { lists[list]?.starts[level] = attributes.number("val") ?? 1 }
    case "lvl":
      level = levelNumber(attributes)
      change { $0 = Level() }
    case "start": change { $0.start = attributes.number("val") ?? 1 }
    case "numFmt": change { $0.format = attributes.string("val") ?? "decimal" }
    case "lvlText": change { $0.text = attributes.string("val") ?? "" }
    case "lvlRestart": change { $0.restart = attributes.number("val") }
    case "isLgl": change { $0.isLegal = attributes.isOn }
    default: break
    }
  }

  override func end(_ name: XMLName) {
    switch name {
    case "abstractNum": definition = nil
    case "num": list = nil
    case "lvl": if list == nil { level = nil }
    case "lvlOverride": level = nil
    default: break
    }
  }

  private func levelNumber(_ attributes: XMLAttributes) -> Int? {
    attributes.number("ilvl").flatMap { 0..<Self.levelCount ~= $0 ? $0 : nil }
  }

  private func change(_ body: (inout Level) -> Void) {
    guard let level else { return }
    if let list {
      body(&lists[list, default: List()].levels[level, default: Level()])
    } else if let definition {
      body(&definitions[definition, default: Definition()].levels[level, default: Level()])
    }
  }

  /// The number of the definition that a list goes by; links from style to style are followed a few
  /// times, as they may go round.
  private func definition(of list: Int, _ styles: DocumentStyles) -> Int? {
    var list = list
    for _ in 0..<8 {
      guard let number = lists[list]?.definition, let found = definitions[number] else {
        return nil
      }
      guard found.levels.isEmpty, let link = found.link, let next = styles.look(of: link).list
      else { return number }
      list = next
    }
    return nil
  }

  /// Counts on, and writes the label as Word shows it: `1.`, `a)`, `-`; nil where the list is unknown
  /// or shows none.
  func label(list: Int, level: Int, _ styles: DocumentStyles) -> String? {
    guard list > 0, let number = definition(of: list, styles), let definition = definitions[number]
    else { return nil }
    func found(_ level: Int) -> Level {
      lists[list]?.levels[level] ?? definition.levels[level] ?? Level()
    }
    var counts = counters[number] ?? [Int?](repeating: nil, count: Self.levelCount)
    if let start = lists[list]?.starts[level], begun.insert([list, level]).inserted {
      counts[level] = start
    } else {
      counts[level] = counts[level].map { $0 + 1 } ?? found(level).start
    }
    for above in 0..<level where counts[above] == nil { counts[above] = found(above).start }
    for below in (level + 1)..<max(level + 1, Self.levelCount) {
      let restart = found(below).restart ?? below
      if restart > 0, level < restart { counts[below] = nil }
    }
    counters[number] = counts
    let own = found(level)
    if own.format == "none" { return nil }
    if own.format == "bullet" { return bullet(own.text, level) }
    var label = ""
    var isPlace = false
    for character in own.text {
      if isPlace, let digit = character.wholeNumberValue, 1...Self.levelCount ~= digit {
        let shown = found(digit - 1)
        label += numeral(
          counts[digit - 1] ?? shown.start, own.isLegal ? "decimal" : shown.format)
        isPlace = false
      } else if character == "%" {
        isPlace = true
      } else {
        label.append(character)
        isPlace = false
      }
    }
    return label.isEmpty ? nil : label
  }

  /// A bullet as offices type it: signs of their own fonts say nothing elsewhere.
  private func bullet(_ text: String, _ level: Int) -> String {
    switch text {
    case "-", "+", "*": text
    case "–", "—", "−": "-"
    default: level == 0 ? "-" : "+"
    }
  }

  private func numeral(_ number: Int, _ format: String) -> String {
    switch format {
    case "decimalZero": return number < 10 ? "0\(number)" : "\(number)"
    case "lowerLetter": return letters(number).lowercased()
    case "upperLetter": return letters(number)
    case "lowerRoman": return (romanNumeral(number) ?? "\(number)").lowercased()
    case "upperRoman": return romanNumeral(number) ?? "\(number)"
    case "none", "bullet": return ""
    default: return "\(number)"
    }
  }

  /// A to Z, then AA, BB.
  private func letters(_ number: Int) -> String {
    guard 1...780 ~= number, let letter = UnicodeScalar(0x41 + UInt32((number - 1) % 26)) else {
      return "\(number)"
    }
    return String(repeating: Character(letter), count: (number - 1) / 26 + 1)
  }
}
