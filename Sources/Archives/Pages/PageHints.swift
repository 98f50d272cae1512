import Texts
import Vietnamese

/// What a page says of itself stands in for what it does not show, as a block that is not shown, and is
/// told.
extension PostReading {
  mutating func addHints(to post: inout WrittenPost, _ signs: PostSigns) {
    if title == nil, let hint = post.hints.title {
      title = hint
      add(hint, "title", to: &post)
      notices.removeAll { $0.kind == .noTitle }
    }
    for text in post.hints.hidden { add(text, "display:none", to: &post) }
    guard day == nil, let (value, source) = post.hints.published else { return }
    // 2023-09-11T15:26:00.000Z
    let isUniversal = value.hasSuffix("Z") || value.hasSuffix("+00:00")
    let bytes = value.utf8.prefix { !isUniversal || !".Z+".utf8.contains($0) }
      .map { $0 == 0x54 ? 0x20 : $0 }
    let line = PostLine(PostBlock(text: 0..<bytes.count, line: 1), bytes)
    guard let published = PostedLine(line, signs).days.first else { return }
    day = published
    guard isUniversal, let time = published.time else { return add(value, source, to: &post) }
    guard let local = published.date.inVietnam(time) else {
      day = nil
      return
    }
    day?.date = local.date
    day?.time = local.time
    // What is read has to be what the text says.
    let shown = "\(local.date.day)/\(local.date.month)/\(local.date.year)"
    add("\(value) (giờ Việt Nam: \(shown))", source, to: &post)
  }

  private mutating func add(_ value: String, _ source: String, to post: inout WrittenPost) {
    let start = post.bytes.count
    post.bytes += Array("\(source): \(value)".utf8)
    post.blocks.append(PostBlock(text: start..<post.bytes.count, line: 1))
    kinds.append(.hidden)
    notices.append(Notice(block: kinds.count - 1, kind: .fromPage(value, source: source)))
  }
}

extension CalendarDate {
  /// The day and time in Viet Nam, seven hours ahead, at a time of this day in universal time.
  fileprivate func inVietnam(_ time: TimeOfDay) -> (date: CalendarDate, time: TimeOfDay)? {
    let hour = time.hour + 7
    guard let local = TimeOfDay(hour: hour % 24, minute: time.minute, second: time.second) else {
      return nil
    }
    if hour < 24 { return (self, local) }
    let next =
      CalendarDate(year: year, month: month, day: day + 1)
      ?? CalendarDate(year: year, month: month + 1, day: 1)
      ?? CalendarDate(year: year + 1, month: 1, day: 1)
    return next.map { ($0, local) }
  }
}
