import Diagnostics
import Vietnamese

/// Which sealed documents make up a hồ sơ.
public struct PacketChoice: Sendable {
  /// The issuer, or some words of its name, with or without accents.
  private let issuer: [SearchWord]
  /// The first and the last day of issue; documents without a day are then left out.
  private let days: (first: CalendarDate?, last: CalendarDate?)
  /// The places of packets; empty for all.
  private let places: [String]

  public init(issuer: String?, from first: CalendarDate?, to last: CalendarDate?, places: [String])
  {
    self.issuer = issuer.map { SearchWord.words(of: $0) } ?? []
    days = (first, last)
    self.places = places.map {
      let place = $0.hasSuffix("/") ? String($0.dropLast()) : $0
      return place.hasPrefix("\(Archive.bags)/") ? place : "\(Archive.bags)/\(place)"
    }
  }

  /// The bags of the register that are as wanted, of each document the last one; a bag that is named is
  /// taken whichever it is.
  ///
  /// - Throws: places that the register does not have, or that there is nothing.
  public func bags(in verification: Verification) throws(Problems) -> [String] {
    try places.filter { verification.entry(ofBag: $0) == nil }.map {
      Diagnostic(
        .archive(.handOver(.unknownBag($0, archive: verification.archive.path))), at: nil)
    }.throwIfErrors()
    let named = Set(places)
    var revisions: [String: Int] = [:]
    var bags: [String: String] = [:]
    for place in verification.bags where named.isEmpty || named.contains(place) {
      guard let entry = verification.entry(ofBag: place), isWanted(entry) else { continue }
      let document = named.isEmpty ? ArchiveWriter.withoutRevision(place) : place
      let revision = ArchiveWriter.revision(of: place)
      if revisions[document, default: 0] < revision {
        revisions[document] = revision
        bags[document] = place
      }
    }
    guard !bags.isEmpty else {
      throw Problems([
        Diagnostic(
          .archive(.handOver(.nothingChosen(archive: verification.archive.path))), at: nil)
      ])
    }
    return bags.values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func isWanted(_ entry: RegisterText.Entry) -> Bool {
    if !issuer.isEmpty, !isIssuer(entry.value(RegisterEntry.issuerField) ?? "") { return false }
    guard days.first != nil || days.last != nil else { return true }
    // As ISO writes days, their order is that of their letters.
    guard let day = entry.value(RegisterEntry.issueDayField) else { return false }
    return days.first.map { $0.iso <= day } ?? true && days.last.map { day <= $0.iso } ?? true
  }

  /// Tells whether a name has the wanted words side by side.
  private func isIssuer(_ name: String) -> Bool {
    let words = SearchWord.words(of: name)
    guard words.count >= issuer.count else { return false }
    return (0...(words.count - issuer.count)).contains { start in
      zip(issuer, words[start...]).allSatisfy { $0.finds($1) }
    }
  }
}
