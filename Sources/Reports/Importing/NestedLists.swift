/// The items of lists that stand below a section and have numbers like its own: 1 and 2 below the typed
/// number 1. As sections they would be counted on, and shift the numbers behind them.
struct NestedLists {
  /// The indices of the items.
  private(set) var items: Set<Int> = []

  /// How a label looks: an item of a list looks otherwise than the section above it.
  fileprivate struct Look: Equatable {
    let isCounted: Bool
    let isBold: Bool

    init(_ line: WrittenLine) {
      (isCounted, isBold) = (line.isCounted, line.isBold || line.isHeading)
    }
  }

  /// The labels of a level below one section of the next higher level.
  fileprivate struct Group {
    var count = 0
    var look: Look?
    /// The number that came last in a list within, and its look.
    var list: (count: Int, look: Look)?
    /// How often each number is still to come.
    var ahead: [Int: Int] = [:]
  }

  /// A label and the group that it belongs to.
  private struct Place {
    let item: Int
    let group: Int
    let label: TypedLabel
    let line: WrittenLine
  }

  init(_ items: [BodyItem], _ scheme: NumberingScheme) {
    let (places, found) = Self.places(of: items, scheme)
    var groups = found
    for place in places where groups[place.group].takesIntoList(place.label, Look(place.line)) {
      self.items.insert(place.item)
    }
  }

  /// The labels that may be of a list, in order, and what they belong to.
  private static func places(
    of items: [BodyItem], _ scheme: NumberingScheme
  ) -> ([Place], [Group]) {
    var (places, groups): ([Place], [Group]) = ([], [])
    var open: [String: Int] = [:]
    for (index, item) in items.enumerated() {
      guard case .line(let line, let label?, _) = item, let level = scheme.level(of: label.form)
      else { continue }
      if let depth = Int(level) {
        open = open.filter { Int($0.key).map { $0 <= depth } ?? true }
      } else if level == "phan" {
        open = [:]
      }
      guard label.isOfList else { continue }
      let group = open[level] ?? groups.count
      if group == groups.count { groups.append(Group()) }
      open[level] = group
      groups[group].ahead[label.value, default: 0] += 1
      places.append(Place(item: index, group: group, label: label, line: line))
    }
    return (places, groups)
  }
}

extension NestedLists.Group {
  /// Counts a label; whether it is of a list within.
  fileprivate mutating func takesIntoList(_ label: TypedLabel, _ look: NestedLists.Look) -> Bool {
    ahead[label.value, default: 1] -= 1
    let own = self.look ?? look
    self.look = own
    let goesOn = label.value == count + 1
    if let list, label.value == list.count + 1, list.look == look {
      // One that looks the same goes on with both: the section's own number may come later.
      let isOfList = !goesOn || look != own || ahead[label.value, default: 0] > 0
      if isOfList {
        self.list = (label.value, look)
        return true
      }
    } else if label.value == 1, count > 0 {
      list = (1, look)
      return true
    }
    (count, list) = (label.value, nil)
    return false
  }
}

extension TypedLabel {
  /// Tells whether lists have it too, and not sections alone.
  fileprivate var isOfList: Bool {
    switch form {
    case .number, .letter: true
    default: false
    }
  }
}
