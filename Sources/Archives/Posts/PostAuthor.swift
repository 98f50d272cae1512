import Texts
import Vietnamese

/// The author and the source of a post, with a label or without, and what looks like a name.
extension PostRecognition {
  /// Below the signature may stand captions, and what the page has of its own. A sentence ends it.
  mutating func readAuthor() {
    var looked = 0
    for index in (bodyStart..<bodyEnd).reversed() {
      if let kind = kinds[index] {
        if kind == .row || kind == .table { break }
        continue
      }
      looked += 1
      if looked > 10 { break }
      if readSignature(index) { continue }
      // Above one line of a signature there may be another, and nothing else.
      if reading.author != nil || isProse(lines[index]) || lines[index].ending == .sentence
        || lines[index].mark != nil || lines[index].block.form == .item
      {
        break
      }
    }
    guard reading.author == nil, reading.source == nil else { return }
    readInlineSource()
  }

  /// - Returns: whether the line is of the signature, so that one above it may be too.
  private mutating func readSignature(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.wordCount <= 24 || line.address != nil && line.words.count <= 60,
      line.mark == nil || line.text.first == 0x2D || isNameWithInitial(line)
    else { return false }
    if let (senses, value) = labelled(line) {
      if !senses.contains(.author), isCaption(value, behind: senses) { return false }
      if senses.contains(.author) {
        kinds[index] = .author
        if !value.isEmpty { setAuthor(value) }
        // «Tác giả: Thu Hà - Nguồn: Báo Ví Dụ»
        if let source = PostedLine(line, signs).source, reading.source == nil {
          reading.source = line.part(source)?.string
        }
      } else if senses.contains(.source) {
        kinds[index] = .source
        if reading.source == nil, !value.isEmpty { reading.source = value.string }
      } else {
        kinds[index] = .author
      }
      return true
    }
    guard isBareSignature(line, at: index), !isInListOfNames(index) else { return false }
    kinds[index] = .author
    let name = line.text.withoutBrackets
    // Above the body somebody may stand who belongs to it.
    if isAuthorBody, isPerson(line), !isBody(0..<line.small.count, of: line) {
      reading.author = nil
    }
    isAuthorBody = reading.author == nil && isBody(0..<line.small.count, of: line)
    setAuthor(name)
    return true
  }

  /// Tells whether the words behind «Ảnh:» say what is seen, not who took it.
  private func isCaption(_ value: ArraySlice<UInt8>, behind senses: PostSigns.Senses) -> Bool {
    guard senses.contains(.poster) else { return false }
    let small = lowercased(value)
    let words = PostWord.all(in: small, 0..<small.count)
    return words.count > 2 && !isNameOfPerson(value)
      && signs.phrase(words[...], at: 0, meaning: .caption) != nil
  }

  /// Of several the lowest counts.
  private mutating func setAuthor(_ name: ArraySlice<UInt8>) {
    guard reading.author == nil else { return }
    // The full stop of initials is theirs.
    let isEnd = name.last == 0x2E && !name.dropLast().contains(0x2E)
    reading.author = (isEnd ? name.dropLast() : name).string
  }

  /// The value behind a label: `Tác giả: X`, `(Nguồn: X)`, `Theo X`, `Tin, ảnh: X`.
  func labelled(_ line: PostLine) -> (PostSigns.Senses, ArraySlice<UInt8>)? {
    let wanted: PostSigns.Senses = [.author, .source, .poster]
    guard line.small.count == line.text.count,
      let (senses, end) = signs.phrase(line.words[...], at: 0, meaning: wanted)
    else { return nil }
    let offset = line.text.startIndex
    let behind = line.words[end - 1].range.upperBound
    let rest = line.small[behind...].drop { $0 == 0x20 || $0 == 0x29 }
    if rest.first == 0x3A, senses.contains(.author), let name = authorRange(of: line) {
      return (senses, name.withoutBrackets)
    }
    if rest.first == 0x3A {
      let start = offset + rest.startIndex + 1
      return (senses, line.text[start...].trimmed.withoutBrackets)
    }
    // «Nguồn Báo X: http://…»
    if senses.contains(.source), let address = line.address, end < line.words.count {
      let start = offset + line.words[end].range.lowerBound
      if start < address.startIndex {
        let name = line.text[start..<address.startIndex].trimmed
        return (.source, (name.last == 0x3A ? name.dropLast() : name).trimmed)
      }
    }
    // «Theo Báo X», and no sentence.
    guard senses.contains(.source), end < line.words.count, line.words.count - end <= 8,
      line.ending != .sentence || line.text.last == 0x29, line.ending != .open,
      !tells(line, from: end)
    else { return nil }
    let start = offset + line.words[end].range.lowerBound
    return (.source, line.text[start...].trimmed.withoutBrackets)
  }

  /// The name behind a label, up to another label: «Tin: Thu Hà - Ảnh: Quang Minh».
  private func authorRange(of line: PostLine) -> ArraySlice<UInt8>? {
    guard let range = PostedLine(line, signs).author, let name = line.part(range) else {
      return nil
    }
    let behind = line.small[range.upperBound...]
    // Signs behind the last word are of the name, but those before another label are not.
    let end = behind.firstIndex { $0.isOfPostWord }
    let isLast = end == nil && behind.contains(0x29)
    return isLast ? line.text[name.startIndex...].trimmed : name
  }

  /// Tells whether a line stands among names: a list of those who were praised has no author.
  private func isInListOfNames(_ index: Int) -> Bool {
    func isName(_ other: Int) -> Bool {
      bodyStart <= other && other < bodyEnd && lines[other].wordCount <= 10
        && isNameOfPerson(lines[other].text.withoutBrackets)
    }
    var (first, last) = (index, index)
    while isName(first - 1) { first -= 1 }
    while isName(last + 1) { last += 1 }
    return last - first >= 2
  }

  /// Tells whether what looks like a number is an initial: `V. Ngọc`.
  private func isNameWithInitial(_ line: PostLine) -> Bool {
    line.words.count <= 4 && line.text.first.map { $0 &- 0x41 < 26 } ?? false
      && isNameOfPerson(line.text)
  }

  /// A name alone: of a person, a body, in capitals or on the right.
  private func isBareSignature(_ line: PostLine, at index: Int) -> Bool {
    let isBody = isBody(0..<line.small.count, of: line)
    guard line.wordCount <= 12, line.text.count <= 120, line.ending != .open, !line.words.isEmpty,
      line.ending != .sentence || line.wordCount <= 4 && line.isInitials
        || 2...4 ~= line.wordCount && line.text.last == 0x2E && isNameOfPerson(line.text)
        || line.wordCount <= 8 && isBody && line.text.last == 0x2E, index > bodyStart,
      !hasFigureOfSentence(line), isBehindProse(index)
    else { return false }
    if [.caption, .item].contains(line.block.form) { return false }
    if posted[index]?.days.isEmpty == false { return false }
    // «Ông Nguyễn Văn A» says who is seen in a picture.
    let isCaption = signs.phrase(line.words[...], at: 0, meaning: .caption) != nil
    if isCaption, !isBody, !line.block.isRight { return false }
    if isPerson(line) || line.block.isRight { return true }
    if !tells(line, from: 0), beginsWithPerson(line.text) { return true }
    return isBody && isNameOfBody(line)
  }

  /// Tells whether a line is the name of a person, perhaps with a rank before it: `Đại úy Lê Văn Mẫu`.
  private func isPerson(_ line: PostLine) -> Bool {
    let name = line.text.withoutBrackets
    if isNameOfPerson(name) { return isPenName(name) || isNameOfBody(line) }
    guard let (_, end) = signs.phrase(line.words[...], at: 0, meaning: .rank),
      end < line.words.count,
      let rest = line.part(line.words[end].range.lowerBound..<line.small.count)
    else { return false }
    return isNameOfPerson(rest.withoutBrackets)
  }

  /// Tells whether the words with capitals are no more than names have: four, or more where a family
  /// name is the first of them. In capitals alone are sentences too.
  private func isPenName(_ name: ArraySlice<UInt8>) -> Bool {
    let longest = isUppercased(name.span) ? 3 : 4
    let parts = name.string.replacing(" và ", with: ",").split { "-–,&(".contains($0) }
    return parts.allSatisfy { part in
      let words = part.split { " .".contains($0) }
      guard words.count > longest, let first = words.first else { return true }
      let small = lowercased(Array(first.utf8)[...])
      return signs.phrase(
        PostWord.all(in: small, 0..<small.count)[...], at: 0, meaning: .familyName) != nil
    }
  }

  /// Tells whether all words of a line may be of the name of a body: they begin with a capital, or the
  /// register has them.
  private func isNameOfBody(_ line: PostLine) -> Bool {
    guard var index = signs.phrase(line.words[...], at: 0, meaning: .body)?.end,
      !line.isCapital || !tells(line, from: 1)
    else { return false }
    while index < line.words.count {
      if let (_, end) = signs.phrase(
        line.words[...], at: index, meaning: [.wordOfBody, .body, .siteOwner])
      {
        index = end
        continue
      }
      let word = line.words[index].range
      guard
        line.small[word.lowerBound].isASCIIDigit
          || line.part(word).map({ isCapital($0) }) ?? false
      else { return false }
      index += 1
    }
    return true
  }

  /// Tells whether a number stands in a line that is not the name of a place, as that of `phường 14` is.
  private func hasFigureOfSentence(_ line: PostLine) -> Bool {
    line.words.indices.contains { index in
      guard line.small[line.words[index].range.lowerBound].isASCIIDigit else { return false }
      return index == 0
        || signs.phrase(line.words[...], at: index - 1, meaning: [.wordOfBody, .body]) == nil
          && !line.small[line.words[index - 1].range].elementsEqual("số".utf8)
    }
  }

  /// Tells whether what stands above ends as a text does, so that a name may follow.
  private func isBehindProse(_ index: Int) -> Bool {
    let above = (bodyStart..<index).last { other in
      switch kinds[other] {
      case nil: true
      case .author, .source, .tool, .posted, .picture: false
      default: true
      }
    }
    guard let above,
      (bodyStart...above).contains(where: {
        lines[$0].wordCount >= 8 || lines[$0].ending == .sentence
      })
    else { return false }
    if kinds[above] == .end || lines[above].endMark != nil { return true }
    return lines[above].ending != .open || lines[above].text.last == 0x3B
  }

  /// «… (Theo Báo X)» at the end of the last paragraph, and a name behind its end mark.
  private mutating func readInlineSource() {
    guard let last = (bodyStart..<bodyEnd).last(where: { kinds[$0] == nil }) else { return }
    let text = lines[last].text
    if readSignature(behindSentenceOf: last) {
      kinds[last] = .paragraph
      return
    }
    if let name = lines[last].behindEndMark, name.count <= 80 {
      let small = lowercased(name)
      let words = PostWord.all(in: small, 0..<small.count)
      let isBody = signs.phrase(words[...], at: 0, meaning: .body) != nil
      if isNameOfPerson(name.withoutBrackets) || isBody && words.count <= 12 { setAuthor(name) }
      return
    }
    guard text.last == 0x29, let open = text.lastIndex(of: 0x28), text.endIndex - open < 120 else {
      return
    }
    let inner = text[(open + 1)..<(text.endIndex - 1)]
    let small = lowercased(inner)
    let words = PostWord.all(in: small, 0..<small.count)
    guard words.count > 1, small.count == inner.count,
      let (senses, end) = signs.phrase(words[...], at: 0, meaning: [.source, .author]),
      end < words.count
    else { return }
    let value = inner[(inner.startIndex + words[end].range.lowerBound)...].trimmed.string
    let hasColon =
      small[words[end - 1].range.upperBound..<words[end].range.lowerBound].contains(0x3A)
    if senses.contains(.source) {
      reading.source = value
    } else if hasColon {
      reading.author = value
    }
  }

  /// Reads the signature that stands behind the last sentence of a paragraph, in the same line:
  /// `… của phường. Tin, ảnh: Thu Mẫu`, `… của phường. NHÓM PV BÁO VÍ DỤ`.
  private mutating func readSignature(behindSentenceOf index: Int) -> Bool {
    let text = lines[index].text
    guard lines[index].wordCount >= 14,
      let stop = text.suffix(120).indices.dropLast().last(where: {
        text[$0] == 0x2E && text[$0 + 1] == 0x20
      }), !text[..<stop].endsShortened
    else { return false }
    let tail = PostLine(PostBlock(text: stop + 2..<text.endIndex, line: 1), post.bytes)
    guard 1...10 ~= tail.words.count, !tail.hasFigures else { return false }
    if let (senses, value) = labelled(tail), !value.isEmpty {
      guard senses.contains(.author) || senses.contains(.source) else { return false }
      if senses.contains(.author) { setAuthor(value) } else { reading.source = value.string }
      return true
    }
    guard tail.ending == .none, tail.words.count > 1, tail.words.count <= 6 else { return false }
    let isBody = isBody(0..<tail.small.count, of: tail) && isNameOfBody(tail)
    guard isBody || isNameOfPerson(tail.text) && isPenName(tail.text) else { return false }
    setAuthor(tail.text)
    return true
  }

  // MARK: Names

  /// «Thu Hà (Phòng VHTT)», «Mai Lan – CC Văn hóa»
  private func beginsWithPerson(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.string.split { "-–—(,".contains($0) }
    guard parts.count > 1, let first = parts.first else { return false }
    let name = Array(first.utf8)[...].trimmed
    return name.split(separator: 0x20).count > 1 && name.count <= 40 && isNameOfPerson(name)
  }

  /// Tells whether words look like the name of a person or a pen name: one to six, each with a capital.
  func isNameOfPerson(_ text: ArraySlice<UInt8>) -> Bool {
    let words = text.string.split { " .-–,&".contains($0) }
    guard 1...8 ~= words.count, text.count <= 80 else { return false }
    let isName = words.allSatisfy { word in
      (word.first?.isUppercase ?? false) && word.allSatisfy { $0.isLetter }
        || word == "và" || word == "(" || word.first == "("
    }
    guard isName else { return false }
    // One long word is no name of a person; initials and pen names are.
    return words.count > 1 || text.count <= 24
  }

  /// Tells whether words begin like the name of a body.
  func isBody(_ range: Range<Int>, of line: PostLine) -> Bool {
    guard let first = line.words.firstIndex(where: { $0.range.lowerBound >= range.lowerBound }),
      signs.phrase(line.words[...], at: first, meaning: .body) != nil
    else { return false }
    // A name begins with a capital.
    return line.part(line.words[first].range).map { isCapital($0) } ?? false
  }

  func isCapital(_ word: ArraySlice<UInt8>) -> Bool {
    word.string.first?.isUppercase ?? false
  }
}

extension PostLine {
  /// What stands behind the end mark in the same line: the name of the author.
  fileprivate var behindEndMark: ArraySlice<UInt8>? {
    guard let endMark, endMark.upperBound < text.endIndex else { return nil }
    let rest = text[endMark.upperBound...].trimmed
    return rest.isEmpty ? nil : rest
  }

  /// `T.H.`, `X.Sinh`
  fileprivate var isInitials: Bool { text.count <= 16 && text.dropLast().contains(0x2E) }
}

extension ArraySlice<UInt8> {
  /// Tells whether its last word is a short one with a capital, whose full stop ends no sentence: «TP», «ThS».
  fileprivate var endsShortened: Bool {
    let word = suffix(24).split(separator: 0x20).last?.string ?? ""
    return word.count <= 3 && word.first?.isUppercase ?? false
  }

  /// Without brackets around it, and a full stop behind it.
  var withoutBrackets: ArraySlice<UInt8> {
    var text = trimmed
    if text.first == 0x28, text.last == 0x29 { text = text.dropFirst().dropLast().trimmed }
    if text.last == 0x29, !text.contains(0x28) { text = text.dropLast().trimmed }
    return text
  }
}
