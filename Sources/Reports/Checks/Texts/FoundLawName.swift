import Texts
import Vietnamese

/// A law in a running text that is cited by its name alone, `Luật Tố cáo năm 2011`.
struct FoundLawName {
  /// The name with the year.
  let place: Text
  /// The year behind the name.
  let year: (value: Int, place: Text)?
  /// `10/11/2022` behind «ngày».
  let date: Text?

  /// Reads on from a name; nil where the sign stands behind it, which says more.
  ///
  /// - Parameters:
  ///   - index: that of the first word of the name.
  ///   - end: where the name ends.
  init?(_ words: TextWords, from index: Int, to end: Int, in text: Text) {
    var last = index
    while last + 1 < words.count, Int(words.range(at: last + 1).start) < end { last += 1 }
    guard last + 1 >= words.count || words[last + 1].hash != FoundLawName.so else { return nil }
    date = FoundSign.date(words, after: last, in: text)
    let isNamed = last + 1 < words.count && words[last + 1].hash == FoundLawName.nam
    let number = last + (isNamed ? 2 : 1)
    year = FoundLawName.year(words, at: number, in: text)
    let placeEnd = year == nil ? end : words[number].end
    place = text.part(words[index].start..<placeEnd)
  }

  private static func year(
    _ words: TextWords, at index: Int, in text: Text
  ) -> (value: Int, place: Text)? {
    guard index < words.count, words.followsBlank(at: index), words[index].kind == .number,
      words[index].end - words[index].start == 4
    else { return nil }
    let place = text.part(words[index].start..<words[index].end)
    return Int(place.string).map { ($0, place) }
  }

  private static let so = WordTable.hash("số".utf8)
  private static let nam = WordTable.hash("năm".utf8)
}
