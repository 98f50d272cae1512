import Records
import Texts

/// The merging of an edit of a section with what became of the section since: by record and field.
struct SectionMerge {
  /// A record of the edited file.
  struct Merged {
    /// The record of the file that it is; nil for a new one.
    let current: Int?
    /// The fields that get other values.
    var values: [(name: String, values: [String])] = []
  }

  private(set) var records: [Merged] = []
  private(set) var conflicts: [EditConflict] = []
  /// Where the records of the edit are in the edited file, by their numbers in the edit.
  private(set) var places: [Int: Int] = [:]
  private let type: RecordType
  private let base: [[String: [String]]]
  private let current: [[String: [String]]]

  init(_ entries: [ReadableEntry], base: [Record], current: [Record], _ type: RecordType) {
    self.type = type
    self.base = base.map { $0.entryValues(type) }
    self.current = current.map { $0.entryValues(type) }
    let pairs = RecordAlignment(from: self.base, to: self.current, type).pairs
    merge(entries, pairs)
  }

  /// The kind of document that a record is to be of.
  func kind(of record: Merged) -> String? {
    record.values.first { $0.name == Schema.kindField }?.values.first
      ?? record.current.flatMap { current[$0][Schema.kindField]?.first }
  }

  private mutating func merge(_ entries: [ReadableEntry], _ pairs: [Int?]) {
    var order = ordered(entries, pairs)
    let added = Set(current.indices).subtracting(pairs.compactMap(\.self))
    let removed = Set(base.indices).subtracting(entries.compactMap(\.origin))
    // What the edit removes and the file changed since stays.
    var kept: [Int] = []
    for index in removed.sorted() {
      guard let now = pairs[index], current[now] != base[index] else { continue }
      kept.append(index)
    }
    let gone = Set(removed.subtracting(kept).compactMap { pairs[$0] })
    order.removeAll { $0.current.map(gone.contains) ?? false }
    // The same record, added by both, is one.
    var twins = added
    var twinOf: [Int: Int] = [:]
    for entry in order where entry.current == nil {
      guard let new = entry.entry.map({ entries[$0] }), new.origin == nil else { continue }
      let values = Dictionary(new.values.filter { !$0.values.isEmpty }.map { ($0.name, $0.values) })
      {
        $1
      }
      if let twin = twins.sorted().first(where: { current[$0] == values }) {
        twins.remove(twin)
        twinOf[new.index] = twin
        order.removeAll { $0.entry == entry.entry && $0.current == nil }
      }
    }
    for slot in order {
      guard let entry = slot.entry.map({ entries[$0] }) else {
        records.append(Merged(current: slot.current))
        continue
      }
      if let origin = entry.origin {
        if slot.current != nil { places[entry.index] = records.count }
        merge(entry, origin, slot.current)
      } else {
        places[entry.index] = records.count
        records.append(Merged(current: nil, values: entry.values))
      }
    }
    for (entry, twin) in twinOf {
      places[entry] = records.firstIndex { $0.current == twin }
    }
    for index in kept { tellRemoval(of: index, now: pairs[index]) }
  }

  /// Merges the fields of a record of the base.
  private mutating func merge(_ entry: ReadableEntry, _ origin: Int, _ now: Int?) {
    var merged = Merged(current: now)
    for (name, mine) in entry.values {
      let old = base[origin][name] ?? []
      let theirs = now.map { current[$0][name] ?? [] } ?? []
      if mine == old || now != nil && mine == theirs { continue }
      if now != nil, theirs == old {
        merged.values.append((name, mine))
      } else {
        let place = EntryPlace(type: type.name.string, record: records.count, field: name)
        conflicts.append(
          EditConflict(place: place, mine: mine, theirs: theirs, base: old, isGone: now == nil))
      }
    }
    // A record that the file has no more stays away.
    if now != nil { records.append(merged) }
  }

  /// Tells of the fields that the file changed in a record that the edit removes.
  private mutating func tellRemoval(of index: Int, now: Int?) {
    guard let now, let place = records.firstIndex(where: { $0.current == now }) else { return }
    let names = Set(base[index].keys).union(current[now].keys).sorted()
    for name in names {
      let (old, theirs) = (base[index][name] ?? [], current[now][name] ?? [])
      if old == theirs { continue }
      conflicts.append(
        EditConflict(
          place: EntryPlace(type: type.name.string, record: place, field: name), mine: [],
          theirs: theirs, base: old, isGone: false))
    }
  }

  // MARK: - Order

  /// A record before its fields are merged: an entry of the edit, a record of the file, or both.
  fileprivate struct Slot {
    let entry: Int?
    let current: Int?
  }

  /// The records of both: in the order of the file where the edit left the order alone, else in that of
  /// the edit. What only one of them has stands behind the record before it.
  private func ordered(_ entries: [ReadableEntry], _ pairs: [Int?]) -> [Slot] {
    var entryOf: [Int: Int] = [:]
    for (index, entry) in entries.enumerated() {
      if let now = entry.origin.flatMap({ pairs[$0] }) { entryOf[now] = index }
    }
    let mine = entries.enumerated().map { index, entry in
      Slot(entry: index, current: entry.origin.flatMap { pairs[$0] })
    }
    let theirs = current.indices.map { Slot(entry: entryOf[$0], current: $0) }
    let origins = entries.compactMap(\.origin)
    let isReordered = origins != origins.sorted()
    return isReordered
      ? mine.including(theirs) { $0.entry == nil } : theirs.including(mine) { $0.current == nil }
  }
}

extension [SectionMerge.Slot] {
  /// These with some of others, each behind the one before it there; those that no common one follows at
  /// the end.
  fileprivate func including(
    _ others: [SectionMerge.Slot], where isWanted: (SectionMerge.Slot) -> Bool
  ) -> [SectionMerge.Slot] {
    var behind: [Int: [SectionMerge.Slot]] = [:]
    var first: [SectionMerge.Slot] = []
    var last: [SectionMerge.Slot] = []
    var common: Int?
    let end = others.lastIndex { !isWanted($0) } ?? -1
    for (index, slot) in others.enumerated() {
      if !isWanted(slot) {
        common = slot.current
      } else if index > end {
        last.append(slot)
      } else if let common {
        behind[common, default: []].append(slot)
      } else {
        first.append(slot)
      }
    }
    var slots = first
    for slot in self {
      slots.append(slot)
      if let current = slot.current { slots += behind[current] ?? [] }
    }
    return slots + last
  }
}
