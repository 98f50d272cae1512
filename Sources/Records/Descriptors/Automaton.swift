import Diagnostics

/// A regular expression as a table of states, one look a byte; matches what the C library matches.
///
/// Only for expressions of a plain form, see ``AutomatonParser``; and only for those whose tables
/// are small; see ``PlaceSets``. Other forms are left to the C library.
final class Automaton: Sendable {
  /// The column of the table for each byte.
  private let columns: [UInt8]
  private let width: Int
  /// The rows of all states, one after the other: for each column where the row of the next state
  /// begins.
  private let table: [UInt16]
  /// Tells whether a text that ends in a state matches, by state.
  private let isAccepting: [Bool]

  /// The rows of the states from which nothing leads to a match, and everything does.
  private static let dead = 0
  private static let matched = 1
  /// The limit that lets a row's place fit 16 bits, and the table the cache.
  private static let mostStates = 120

  init?(_ positions: AutomatonPositions) {
    var masks: [UInt64] = []
    columns = positions.masks.map { mask in
      if let known = masks.firstIndex(of: mask) { return UInt8(truncatingIfNeeded: known) }
      masks.append(mask)
      return UInt8(truncatingIfNeeded: masks.count - 1)
    }
    width = masks.count
    var states = States(positions)
    var rows: [UInt16] = []
    var next = 0
    while next < states.sets.count {
      guard states.sets.count <= Self.mostStates else { return nil }
      for mask in masks {
        let state = states.state(after: next, mask, positions)
        rows.append(UInt16(truncatingIfNeeded: state * masks.count))
      }
      next += 1
    }
    table = rows
    isAccepting = states.isAccepting
  }

  /// Tells whether the expression matches somewhere in the bytes; like the C library, up to a NUL.
  func matches(_ bytes: Span<UInt8>) -> Bool {
    var row = 2 &* width
    for index in bytes.indices {
      if bytes[index] == 0 { break }
      row = Int(table[row &+ Int(columns[Int(bytes[index])])])
      if row <= width { return row != Self.dead }
    }
    return isAccepting[row / width]
  }

  /// The states: each a set of places that were matched last.
  private struct States {
    /// The first two are ``dead`` and ``matched``, the third is the start.
    var sets: [UInt64] = [0, 0, 0]
    var isAccepting: [Bool]

    init(_ positions: AutomatonPositions) {
      isAccepting = [false, true, positions.acceptsNothing]
    }

    /// The state that follows a state at the bytes of the positions in a mask.
    mutating func state(after state: Int, _ mask: UInt64, _ positions: AutomatonPositions) -> Int {
      guard state > Automaton.matched else { return state }
      var set = state == 2 ? positions.first : positions.firstAnywhere
      var places = sets[state]
      while places != 0 {
        set |= positions.follow[places.trailingZeroBitCount]
        places &= places - 1
      }
      set &= mask
      if set & positions.lastAnywhere != 0 { return Automaton.matched }
      if set == 0, positions.firstAnywhere == 0 { return Automaton.dead }
      if let known = sets[3...].firstIndex(of: set) { return known }
      sets.append(set)
      isAccepting.append(set & positions.lastAtEnd != 0)
      return sets.count - 1
    }
  }
}

/// An expression of a plain form whose table would be too large: the set of places that are matched
/// is worked out anew at each byte.
struct PlaceSets: Sendable {
  private let positions: AutomatonPositions
  private let masks: [UInt64]

  init(_ positions: AutomatonPositions) {
    (self.positions, masks) = (positions, positions.masks)
  }

  /// As ``Automaton/matches(_:)``.
  func matches(_ bytes: Span<UInt8>) -> Bool {
    var isStart = true
    var matched: UInt64 = 0
    for index in bytes.indices {
      if bytes[index] == 0 { break }
      var set = isStart ? positions.first : positions.firstAnywhere
      while matched != 0 {
        set |= positions.follow[matched.trailingZeroBitCount]
        matched &= matched - 1
      }
      matched = set & masks[Int(bytes[index])]
      isStart = false
      if matched & positions.lastAnywhere != 0 { return true }
      if matched == 0, positions.firstAnywhere == 0 { return false }
    }
    return isStart ? positions.acceptsNothing : matched & positions.lastAtEnd != 0
  }
}
