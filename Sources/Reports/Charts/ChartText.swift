/// Text in a drawing, in tenths of its unit. Which font will show it is not known; the widths are
/// those of Times New Roman and its twins, rounded up.
struct ChartText {
  /// The height of letters.
  let size: Int

  /// The height of a line.
  var lineHeight: Int { size * 12 / 10 }

  func width(_ text: String) -> Int {
    var hundredths = 0
    for character in text { hundredths += ChartText.hundredths(character) }
    return (hundredths * size + 99) / 100
  }

  /// The lines of a text that are no wider than that, broken between words, and in a word that is
  /// wider itself.
  func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if self.width(longer) <= width {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = String(word)
      while self.width(line) > width, line.count > 1 {
        let part = head(of: line, width: width)
        lines.append(String(line.prefix(part)))
        line.removeFirst(part)
      }
    }
    return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
  }

  /// The width of the widest word.
  func widestWord(_ text: String) -> Int {
    text.split(separator: " ").map { width(String($0)) }.max() ?? 0
  }

  /// The number of characters at the start of a text that fit a width; at least one.
  private func head(of text: String, width: Int) -> Int {
    var (count, start) = (0, "")
    for character in text {
      start.append(character)
      if self.width(start) > width { break }
      count += 1
    }
    return max(count, 1)
  }

  /// The advance of a character in hundredths of the size.
  private static func hundredths(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar {
    case " ": return 26
    case "i", "j", "l", "t", ",", ".", ";", ":", "'", "|", "/", "\\": return 30
    case "f", "r", "I", "(", ")", "[", "]", "-": return 36
    case "a"..."z" where scalar != "m" && scalar != "w": return 51
    case "0"..."9": return 51
    case "m", "w": return 80
    case "M", "W", "%", "@": return 98
    case "A"..."Z": return 74
    default: break
    }
    // Letters with marks are not wider than ư and Ư; others may be as wide as high.
    if scalar.value < 0x250 || (0x1E00..<0x1F00).contains(scalar.value) {
      return scalar.properties.isUppercase ? 80 : 57
    }
    return 105
  }
}
