import Diagnostics

extension Filter {
  static let listFilters: [Filter] = [
    Filter("length", absence: .answersMissing, body: length),
    Filter("count", absence: .answersMissing, body: length),
    Filter("first") { (value, _) throws(Diagnostic) in
      try value.itemList("first").first ?? .undefined
    },
    Filter("last") { (value, _) throws(Diagnostic) in
      try value.itemList("last").last ?? .undefined
    },
    Filter("list", absence: .answersMissing) { (value, _) throws(Diagnostic) in
      .list(value.isAbsent ? [] : try value.itemList("list"))
    },
    Filter("reverse") { (value, _) throws(Diagnostic) in
      if let text = value.asText {
        var reversed = String.UnicodeScalarView()
        reversed.append(contentsOf: text.string.unicodeScalars.reversed())
        return value.changed(to: Array(String(reversed).utf8))
      }
      return .list(try value.itemList("reverse").reversed())
    },
    Filter("items") { (value, _) throws(Diagnostic) in .list(try value.pairs("items")) },
    Filter("batch", Signature(["linecount", "fill_with"], required: 1), body: batch),
    Filter("slice", Signature(["slices", "fill_with"], required: 1), body: slice),
    Filter("join", Signature(["d", "attribute"]), rendering: join),
    Filter("sum", Signature(["attribute", "start"]), rendering: sum),
    Filter("sort", Signature(["reverse", "case_sensitive", "attribute"]), rendering: sort),
    Filter("dictsort", Signature(["case_sensitive", "by", "reverse"]), rendering: dictSort),
    Filter("min", Signature(["case_sensitive", "attribute"])) {
      (value, arguments, renderer) throws(Diagnostic) in
      try renderer.sorted(value, arguments, by: 1, "min").first ?? .undefined
    },
    Filter("max", Signature(["case_sensitive", "attribute"])) {
      (value, arguments, renderer) throws(Diagnostic) in
      try maximum(value, arguments, &renderer)
    },
    Filter("unique", Signature(["case_sensitive", "attribute"]), rendering: unique),
    Filter(
      "groupby", Signature(["attribute", "default", "case_sensitive"], required: 1),
      rendering: groupBy),
    Filter("map", Signature(takesMore: true), rendering: map),
    Filter("select", Signature(takesMore: true)) {
      (value, arguments, renderer) throws(Diagnostic) in
      try renderer.selected(value, arguments, "select", byAttribute: false, keeping: true)
    },
    Filter("reject", Signature(takesMore: true)) {
      (value, arguments, renderer) throws(Diagnostic) in
      try renderer.selected(value, arguments, "reject", byAttribute: false, keeping: false)
    },
    Filter("selectattr", Signature(takesMore: true)) {
      (value, arguments, renderer) throws(Diagnostic) in
      try renderer.selected(value, arguments, "selectattr", byAttribute: true, keeping: true)
    },
    Filter("rejectattr", Signature(takesMore: true)) {
      (value, arguments, renderer) throws(Diagnostic) in
      try renderer.selected(value, arguments, "rejectattr", byAttribute: true, keeping: false)
    },
  ]

  private static func length(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    if value.isAbsent { return .int(0) }
    if let text = value.asText { return .int(text.string.unicodeScalars.count) }
    return .int(try value.itemList("length").count)
  }

  private static func batch(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let size = try arguments.int(0, "batch", default: 1)
    guard size > 0 else { throw .template(.badArgument("linecount", of: "batch")) }
    let items = try value.itemList("batch")
    var rows: [[Value]] = []
    for start in stride(from: 0, to: items.count, by: size) {
      rows.append(Array(items[start..<min(start + size, items.count)]))
    }
    if let filler = arguments[1], filler != .none, var last = rows.last, last.count < size,
      size < 1 << 16
    {
      last += Array(repeating: filler, count: size - last.count)
      rows[rows.count - 1] = last
    }
    return .list(rows.map { .list($0) })
  }

  /// Columns of nearly equal length, the longer ones first.
  private static func slice(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let count = try arguments.int(0, "slice", default: 1)
    guard count > 0, count < 1 << 16 else { throw .template(.badArgument("slices", of: "slice")) }
    let items = try value.itemList("slice")
    let (size, longer) = (items.count / count, items.count % count)
    var columns: [Value] = []
    var start = 0
    for column in 0..<count {
      let end = start + size + (column < longer ? 1 : 0)
      var part = Array(items[start..<end])
      // Without a remainder Jinja2 and MiniJinja fill every column.
      if let filler = arguments[1], filler != .none, column >= longer { part.append(filler) }
      columns.append(.list(part))
      start = end
    }
    return .list(columns)
  }

  private static func join(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let separator = arguments[0] ?? Value("")
    let items = try renderer.members(value, arguments[1], "join")
    if separator.isMarkup || items.contains(where: \.isMarkup) {
      var result = Value("")
      for (index, item) in items.enumerated() {
        if index > 0 { result = try renderer.concatenated(result, separator) }
        result = try renderer.concatenated(result, item)
      }
      return .markup(result.printed)
    }
    var bytes: [UInt8] = []
    for (index, item) in items.enumerated() {
      if index > 0 { separator.append(to: &bytes) }
      item.append(to: &bytes)
      try Limits.check(textSize: bytes.count)
    }
    return Value(computed: bytes)
  }

  private static func sum(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    var total = arguments[1] ?? .int(0)
    let records = try value.itemList("sum")
    for (record, item) in zip(records, try renderer.members(value, arguments[0], "sum")) {
      if case .list(let left) = total, case .list(let right) = item {
        try renderer.countSteps(left.count + right.count)
        total = .list(left + right)
        continue
      }
      if total.isInteger, item.isInteger, let left = total.asInt, let right = item.asInt {
        let (result, overflow) = left.addingReportingOverflow(right)
        guard !overflow else { throw .template(.numberTooLarge) }
        total = .int(result)
        continue
      }
      let number: Decimal
      do throws(Diagnostic) {
        number = try item.number("sum")
      } catch {
        throw error.within(record)
      }
      guard let result = try total.number("sum").adding(number) else {
        throw .template(.numberTooLarge)
      }
      total = .decimal(result)
    }
    return total
  }

  private static func sort(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    var arguments = arguments
    let isReversed = arguments.bool(0, default: false)
    arguments.bound = [arguments[1], arguments[2]]
    return .list(try renderer.sorted(value, arguments, by: 1, "sort", isReversed: isReversed))
  }

  private static func maximum(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    try renderer.sorted(value, arguments, by: 1, "max", isReversed: true).first ?? .undefined
  }

  private static func dictSort(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let by = try arguments.string(1, "dictsort", default: "key")
    guard let part = ["key": "0", "value": "1"][by] else {
      throw .template(.badArgument(by, of: "dictsort"))
    }
    var inner = CallArguments()
    inner.bound = [arguments[0], Value(part)]
    let pairs = Value.list(try value.pairs("dictsort"))
    let isReversed = arguments.bool(2, default: false)
    return .list(
      try renderer.sorted(pairs, inner, by: 1, "dictsort", isReversed: isReversed))
  }

  private static func unique(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let isCaseSensitive = arguments.bool(0, default: false)
    let path = arguments[1]?.memberPath
    var seen: Set<[UInt8]> = []
    var result: [Value] = []
    for item in try value.itemList("unique") {
      let member =
        try path.map { path throws(Diagnostic) in
          try renderer.usedMember(path, of: item)
        } ?? item
      var bytes: [UInt8] = []
      member.appendQuoted(to: &bytes)
      if !isCaseSensitive {
        bytes = Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
      }
      if seen.insert(bytes).inserted { result.append(item) }
    }
    return .list(result)
  }

  /// Groups in the order of their keys, each `(grouper, list)` by name and by place.
  private static func groupBy(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    var inner = CallArguments()
    inner.bound = [arguments[2], arguments[0]]
    let items = try renderer.sorted(value, inner, by: 1, "groupby", fallback: arguments[1])
    guard let path = arguments[0]?.memberPath else {
      throw .template(.badArgument("attribute", of: "groupby"))
    }
    let isCaseSensitive = arguments.bool(2, default: false)
    var groups: [(key: Value, items: [Value])] = []
    for item in items {
      var key = renderer.member(path, of: item)
      if key.isAbsent { key = arguments[1] ?? key }
      if let last = groups.last, last.key.isSameKey(as: key, isCaseSensitive) {
        groups[groups.count - 1].items.append(item)
      } else {
        groups.append((key, [item]))
      }
    }
    let shape = Shape([Key("grouper"), Key("list")])
    return .list(
      groups.map { .map(ValueMap(shape: shape, values: [$0.key, .list($0.items)], isRow: true)) })
  }

  private static func map(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let items = try renderer.iterable(value, "map")
    if let attribute = arguments.keyword("attribute") {
      guard let path = attribute.memberPath else {
        throw .template(.badArgument("attribute", of: "map"))
      }
      let fallback = arguments.keyword("default")
      return .list(try renderer.members(items, path, fallback))
    }
    guard let name = arguments.rest.first?.asText?.string else {
      throw .template(.missingArgument("filter", of: "map"))
    }
    var inner = arguments
    inner.rest.removeFirst()
    var results: [Value] = []
    for item in items { results.append(try renderer.apply(named: name, to: item, inner)) }
    return .list(results)
  }
}

extension Renderer {
  /// The items of a list-like value, counted as steps.
  mutating func iterable(_ value: Value, _ filter: String) throws(Diagnostic) -> [Value] {
    let items = try value.itemList(filter)
    try countSteps(items.count)
    return items
  }

  /// The items, or one member of each.
  mutating func members(
    _ value: Value, _ path: Value?, _ filter: String
  ) throws(Diagnostic) -> [Value] {
    let items = try iterable(value, filter)
    guard let path = path?.memberPath else { return items }
    return try members(items, path, nil)
  }

  /// A member that is not there is an error unless there is a fallback.
  mutating func members(
    _ items: [Value], _ path: MemberPath, _ fallback: Value?
  ) throws(Diagnostic) -> [Value] {
    var results: [Value] = []
    results.reserveCapacity(items.count)
    // Rows mostly have one shape, and the member in one slot.
    var (shape, slot): (Shape?, Int?) = (nil, nil)
    for item in items {
      var member = Value.undefined
      if path.keys.count == 1, case .map(let map) = item, !map.isRow {
        if map.shape !== shape { (shape, slot) = (map.shape, map.shape.slot(of: path.keys[0])) }
        if let slot { member = map.values[slot] }
      } else {
        member = self.member(path, of: item)
      }
      if member.isAbsent, let fallback { member = fallback }
      if case .undefined = member, environment.undefined == .strict {
        throw missingMember(path, of: item)
      }
      results.append(member)
    }
    return results
  }

  /// The member of an item, which must be there.
  fileprivate mutating func usedMember(_ path: MemberPath, of item: Value) throws(Diagnostic)
    -> Value
  {
    let found = member(path, of: item)
    guard case .undefined = found, environment.undefined == .strict else { return found }
    throw missingMember(path, of: item)
  }

  /// Which part of a path an item lacks.
  private mutating func missingMember(_ path: MemberPath, of item: Value) -> Diagnostic {
    var holder = item
    for key in path.keys {
      let next = member(MemberPath(key.text), of: holder)
      guard next.isAbsent else {
        holder = next
        continue
      }
      if case .list = holder, Int(key.text.string) != nil {
        return Diagnostic(.template(.missingItem(key.text.string)), at: path.text)
      }
      return missingAttribute(key, of: holder, at: path.text)
    }
    return Diagnostic(.template(.absentValue), at: path.text)
  }

  /// Sorts by value, or by the members that a comma-separated list of paths names. Stable.
  mutating func sorted(
    _ value: Value, _ arguments: CallArguments, by index: Int, _ filter: String,
    isReversed: Bool = false, fallback: Value? = nil
  ) throws(Diagnostic) -> [Value] {
    let items = try iterable(value, filter)
    let isCaseSensitive = arguments.bool(0, default: false)
    var keys = items.map { [$0] }
    if let paths = arguments[index]?.memberPath?.text {
      let parts = paths.bytes.split(separator: UInt8(ascii: ",")).map { part in
        let range = SourceRange(start: part.startIndex, end: part.endIndex)
        return MemberPath(Text(source: paths.source, range: range))
      }
      let columns = try parts.map { (path) throws(Diagnostic) in
        try members(items, path, fallback)
      }
      keys = items.indices.map { row in columns.map { $0[row] } }
    }
    return try sort(items, keys, isCaseSensitive, isReversed, filter)
  }

  private func sort(
    _ items: [Value], _ keys: [[Value]], _ isCaseSensitive: Bool, _ isReversed: Bool,
    _ filter: String
  ) throws(Diagnostic) -> [Value] {
    var wrong: (Value, Value)?
    let order = items.indices.sorted { left, right in
      let (first, second) = isReversed ? (right, left) : (left, right)
      for (a, b) in zip(keys[first], keys[second]) where a != b {
        guard let isLess = precedes(a, b, isCaseSensitive) else {
          wrong = (a, b)
          return left < right
        }
        if isLess { return true }
        if precedes(b, a, isCaseSensitive) ?? false { return false }
      }
      return left < right
    }
    if let (a, b) = wrong {
      let lacking = items.indices.first { keys[$0].contains(where: \.isAbsent) }
      let error = Diagnostic.template(.wrongOperands(filter, a.kind, b.kind), of: a, b)
      throw lacking.map { error.within(items[$0]) } ?? error
    }
    return order.map { items[$0] }
  }

  private func precedes(_ left: Value, _ right: Value, _ isCaseSensitive: Bool) -> Bool? {
    if let left = left.asText, let right = right.asText, !isCaseSensitive {
      return environment.precedes(left, right)
    }
    return left.isLess(than: right)
  }

  /// Applies a filter by its name, as `map('upper')` does.
  mutating func apply(
    named name: String, to value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    guard let index = environment.filterIndex[name] else {
      let known = nearest(to: name, among: environment.filterIndex.keys)
      throw .template(.unknownFilter(name, suggestion: known))
    }
    let signature = environment.filters[Int(index)].signature
    return try apply(Int(index), to: value, try arguments.bound(to: signature, name))
  }

  /// `select` and its like: the items for which a test holds, or that are true.
  mutating func selected(
    _ value: Value, _ arguments: CallArguments, _ filter: String, byAttribute: Bool, keeping: Bool
  ) throws(Diagnostic) -> Value {
    var inner = arguments
    var path: MemberPath?
    if byAttribute {
      guard let first = inner.rest.first?.memberPath else {
        throw .template(.missingArgument("attribute", of: filter))
      }
      path = first
      inner.rest.removeFirst()
    }
    var name: String?
    if !inner.rest.isEmpty { name = inner.rest.removeFirst().asText?.string }
    var kept: [Value] = []
    let test = try test(named: name)
    if let test { inner = try inner.bound(to: test.signature, test.name) }
    let mayLack = test?.acceptsAbsent ?? false
    for item in try iterable(value, filter) {
      var subject = item
      if let path {
        subject = try mayLack ? member(path, of: item) : usedMember(path, of: item)
      }
      let passes: Bool
      do throws(Diagnostic) {
        passes = try test?.body(subject, inner, environment) ?? subject.isTrue
      } catch {
        throw error.within(item)
      }
      if passes == keeping { kept.append(item) }
    }
    return .list(kept)
  }

  private func test(named name: String?) throws(Diagnostic) -> Test? {
    guard let name else { return nil }
    guard let index = environment.testIndex[name] else {
      let known = nearest(to: name, among: environment.testIndex.keys)
      throw .template(.unknownTest(name, suggestion: known))
    }
    return environment.tests[Int(index)]
  }
}

extension Diagnostic {
  /// A problem with a part of an item: tells the record, where no value has a place of its own.
  fileprivate func within(_ item: Value) -> Diagnostic {
    guard case .map(let map) = item, let place = map.place, notes.isEmpty else { return self }
    return Diagnostic(kind, at: self.place, notes: [Note(.inThisRecord, at: place)])
  }
}

extension Value {
  /// The path that an `attribute` argument names: `'a.b'` or `0`.
  fileprivate var memberPath: MemberPath? {
    switch self {
    case .text(let text), .typed(let text, _), .markup(let text): MemberPath(text)
    case .int(let int): MemberPath(Text(String(int)))
    default: nil
    }
  }

  fileprivate func isSameKey(as other: Value, _ isCaseSensitive: Bool) -> Bool {
    if !isCaseSensitive, let left = asText, let right = other.asText {
      return left.string.lowercased() == right.string.lowercased()
    }
    return self == other
  }

  /// The items of a list, the keys of a map, the characters of a text.
  func itemList(_ filter: String) throws(Diagnostic) -> [Value] {
    switch self {
    case .list(let items): return items
    case .map(let map): return map.items
    case .text(let text), .typed(let text, _), .markup(let text):
      return text.string.unicodeScalars.map { Value(String($0)) }
    case .missing: return []
    default: throw .template(.wrongOperand(filter, kind, wanted: .list), of: self)
    }
  }

  func pairs(_ filter: String) throws(Diagnostic) -> [Value] {
    guard case .map(let map) = self else {
      throw .template(.wrongOperand(filter, kind, wanted: .map), of: self)
    }
    return zip(map.keys, map.values).map { .list([$0.value, $1]) }
  }
}
