import Diagnostics
import Texts

extension Filter {
  static let listFilters: [Filter] = [
    Filter("length", absence: .answersMissing, body: length),
    Filter("count", absence: .answersMissing, body: length),
    Filter("first") { (value, _) throws(Diagnostic) in
      if let text = value.asText { return text.character(at: 0) ?? .undefined }
      return try value.itemList("first").first ?? .undefined
    },
    Filter("last") { (value, _) throws(Diagnostic) in
      if let text = value.asText { return text.character(at: -1) ?? .undefined }
      return try value.itemList("last").last ?? .undefined
    },
    Filter("list", Signature(), absence: .answersMissing) {
      (value, _, renderer) throws(Diagnostic) in
      .items(value.isAbsent ? ItemList([]) : try renderer.iterable(value, "list").list)
    },
    Filter("reverse", Signature()) { (value, _, renderer) throws(Diagnostic) in
      if let text = value.asText {
        return value.changed(to: text.reversedBytes)
      }
      let items = try renderer.iterable(value, "reverse")
      return .items(items.picking(items.indices.reversed()))
    },
    Filter("items") { (value, _) throws(Diagnostic) in .list(try value.pairs("items")) },
    Filter("batch", Signature(["linecount", "fill_with"], required: 1), rendering: batch),
    Filter("slice", Signature(["slices", "fill_with"], required: 1), rendering: slice),
    Filter("join", Signature(["d", "attribute"]), rendering: join),
    Filter("sum", Signature(["attribute", "start"]), rendering: sum),
    Filter("sort", Signature(["reverse", "case_sensitive", "attribute"]), rendering: sort),
    Filter("dictsort", Signature(["case_sensitive", "by", "reverse"]), rendering: dictSort),
    Filter("min", Signature(["case_sensitive", "attribute"])) {
      (value, arguments, renderer) throws(Diagnostic) in
      try extreme(value, arguments, "min", isReversed: false, &renderer)
    },
    Filter("max", Signature(["case_sensitive", "attribute"])) {
      (value, arguments, renderer) throws(Diagnostic) in
      try extreme(value, arguments, "max", isReversed: true, &renderer)
    },
    Filter("unique", Signature(["case_sensitive", "attribute"]), rendering: unique),
    Filter(
      "groupby", Signature(["attribute", "default", "case_sensitive"], required: 1),
      rendering: groupBy),
    Filter("map", Signature(takesMore: true), rendering: map),
    Filter("select", Selection(name: "select", byAttribute: false, keeping: true)),
    Filter("reject", Selection(name: "reject", byAttribute: false, keeping: false)),
    Filter("selectattr", Selection(name: "selectattr", byAttribute: true, keeping: true)),
    Filter("rejectattr", Selection(name: "rejectattr", byAttribute: true, keeping: false)),
  ]

  private static func length(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    if value.isAbsent { return .int(0) }
    if let text = value.asText { return .int(text.withBytes { $0.scalarCount }) }
    return .int(try value.itemList("length").count)
  }

  private static func batch(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let size = try arguments.int(0, "batch", default: 1)
    guard size > 0 else { throw .template(.badArgument("linecount", of: "batch")) }
    let items = try renderer.iterable(value, "batch")
    var rows: [ItemList] = []
    for start in stride(from: 0, to: items.count, by: size) {
      rows.append(items.picking(Array(start..<min(start + size, items.count))))
    }
    if let filler = arguments[1], filler != .none, let last = rows.last, last.count < size,
      size < 1 << 16
    {
      let filled = last.array + Array(repeating: filler, count: size - last.count)
      rows[rows.count - 1] = ItemList(filled)
    }
    return .list(rows.map { .items($0) })
  }

  /// Columns of nearly equal length, the longer ones first.
  private static func slice(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let count = try arguments.int(0, "slice", default: 1)
    guard count > 0, count < 1 << 16 else { throw .template(.badArgument("slices", of: "slice")) }
    let items = try renderer.iterable(value, "slice")
    let (size, longer) = (items.count / count, items.count % count)
    var columns: [Value] = []
    var start = 0
    for column in 0..<count {
      let end = start + size + (column < longer ? 1 : 0)
      var part = items.picking(Array(start..<end))
      // Without a remainder Jinja2 and MiniJinja fill every column.
      if let filler = arguments[1], filler != .none, column >= longer {
        part = ItemList(part.array + [filler])
      }
      columns.append(.items(part))
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
      return try renderer.joinedMarkup(items, separator)
    }
    return Value(computed: try renderer.joined(items, separator.printed))
  }

  private static func sum(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    var total = arguments[1] ?? .int(0)
    let items = try renderer.members(value, arguments[0], "sum")
    if case .int(let start) = total, let whole = items.wholeSum(from: start) { return .int(whole) }
    if let lists = try joined(items, behind: total, &renderer) { return lists }
    for (record, item) in zip(try value.itemList("sum"), items) {
      let number: Decimal
      do throws(Diagnostic) {
        number = try item.number("sum")
      } catch {
        throw error.within(record)
      }
      guard let result = try total.number("sum").adding(number) else {
        throw .template(.numberTooLarge)
      }
      total = total.isInteger && item.isInteger ? Value(whole: result) : .decimal(result)
    }
    return total
  }

  /// The sum of lists, which begins with a list; nil where one is something else.
  private static func joined(
    _ lists: ItemList, behind first: Value, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value? {
    guard case .items(let first) = first, !lists.isEmpty else { return nil }
    let isTuple = first.isTuple
    var all = first.array
    for list in lists {
      guard case .items(let more) = list else { return nil }
      guard more.isTuple == isTuple else { throw .template(.listWithTuple, of: list) }
      try renderer.countSteps(more.count + 1)
      all += more.array
    }
    return isTuple ? .tuple(all) : .list(all)
  }

  private static func sort(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let items = try renderer.iterable(value, "sort")
    let isCaseSensitive = arguments.bool(1, default: false)
    let order = try renderer.order(
      of: items, by: arguments[2], isCaseSensitive: isCaseSensitive,
      isReversed: arguments.bool(0, default: false))
    return .items(items.picking(try renderer.sorted(items, order, isCaseSensitive, "sort")))
  }

  private static func extreme(
    _ value: Value, _ arguments: CallArguments, _ filter: String, isReversed: Bool,
    _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let items = try renderer.iterable(value, filter)
    let isCaseSensitive = arguments.bool(0, default: false)
    let order = try renderer.order(
      of: items, by: arguments[1], isCaseSensitive: isCaseSensitive, isReversed: isReversed)
    return try renderer.first(of: items, order, isCaseSensitive, filter).map { items[$0] }
      ?? .undefined
  }

  private static func dictSort(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let by = try arguments.string(1, "dictsort", default: "key")
    guard by == "key" || by == "value" else { throw .template(.badArgument(by, of: "dictsort")) }
    let pairs = try renderer.iterable(.list(try value.pairs("dictsort")), "dictsort")
    let isCaseSensitive = arguments.bool(0, default: false)
    let order = try renderer.order(
      of: pairs, by: Value(by == "key" ? "0" : "1"), isCaseSensitive: isCaseSensitive,
      isReversed: arguments.bool(2, default: false))
    return .items(pairs.picking(try renderer.sorted(pairs, order, isCaseSensitive, "dictsort")))
  }

  private static func unique(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let isCaseSensitive = arguments.bool(0, default: false)
    let items = try renderer.iterable(value, "unique")
    let members =
      try arguments[1]?.memberPath.map { path throws(Diagnostic) in
        try renderer.members(items, path, nil)
      } ?? items
    var met = MetTexts()
    var kept: [Int] = []
    var bytes: [UInt8] = []
    for (index, member) in members.enumerated() {
      bytes.removeAll(keepingCapacity: true)
      try renderer.count(textOf: member)
      member.appendQuoted(to: &bytes)
      let isNew =
        isCaseSensitive || member.kind == .number
        ? met.insert(bytes.span) : met.insert(Text(computed: bytes).lowercasedBytes.span)
      if isNew { kept.append(index) }
    }
    return .items(items.picking(kept))
  }

  /// Groups in the order of their keys, each `(grouper, list)` by name and by place.
  private static func groupBy(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let isCaseSensitive = arguments.bool(2, default: false)
    let items = try renderer.iterable(value, "groupby")
    let order = try renderer.order(
      of: items, by: arguments[0], isCaseSensitive: isCaseSensitive, isReversed: false,
      fallback: arguments[1])
    guard let path = arguments[0]?.memberPath else {
      throw .template(.badArgument("attribute", of: "groupby"))
    }
    var groups: [(key: Value, items: [Int])] = []
    var finder = MemberFinder(path)
    for index in try renderer.sorted(items, order, isCaseSensitive, "groupby") {
      var key = renderer.member(of: index, in: items, &finder).value
      if key.isAbsent { key = arguments[1] ?? key }
      if let last = groups.last, last.key.isSameKey(as: key, isCaseSensitive) {
        groups[groups.count - 1].items.append(index)
      } else {
        groups.append((key, [index]))
      }
    }
    return .list(
      groups.map { key, indices in
        let values = [key, .items(items.picking(indices))]
        return .map(ValueMap(shape: groupShape, values: values, isRow: true))
      })
  }

  private static let groupShape = Shape([Key("grouper"), Key("list")])

  private static func map(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let items = try renderer.iterable(value, "map")
    if let attribute = arguments.keyword("attribute") {
      guard let path = attribute.memberPath else {
        throw .template(.badArgument("attribute", of: "map"))
      }
      let fallback = arguments.keyword("default")
      return .items(try renderer.members(items, path, fallback))
    }
    guard let name = arguments.rest.first?.asText?.string else {
      throw .template(.missingArgument("filter", of: "map"))
    }
    let filter = try renderer.filter(named: name)
    var inner = arguments
    inner.rest.removeFirst()
    inner = try inner.bound(to: renderer.environment.filters[filter].signature, name)
    var results: [Value] = []
    results.reserveCapacity(items.count)
    for item in items { results.append(try renderer.apply(filter, to: item, inner)) }
    return .list(results)
  }
}

extension Renderer {
  /// The texts of items with another between them.
  fileprivate mutating func joined(
    _ items: ItemList, _ separator: Text
  ) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    let pooled = pool.count
    for index in 0..<items.count {
      if index > 0 { separator.withBytes { bytes.append($0) } }
      append(item(index, of: items), to: &bytes)
      drainPool(to: pooled)
      try Limits.check(textSize: bytes.count)
    }
    return bytes
  }

  /// The same where some are markup: the others are escaped.
  fileprivate mutating func joinedMarkup(
    _ items: ItemList, _ separator: Value
  ) throws(Diagnostic) -> Value {
    try capture(isEscaped: true) { (renderer: inout Renderer) throws(Diagnostic) in
      for (index, item) in items.enumerated() {
        if index > 0 { try renderer.writeMarkup(renderer.hold(separator)) }
        try renderer.writeMarkup(renderer.hold(item))
      }
    }
  }
}

extension Text {
  /// Its characters, the last one first.
  fileprivate var reversedBytes: [UInt8] {
    withBytes { bytes in
      var result = [UInt8](repeating: 0, count: bytes.count)
      var (start, place) = (0, bytes.count)
      while start < bytes.count {
        let end = bytes.scalarEnd(from: start)
        place &-= end &- start
        for offset in start..<end { result[place &+ offset &- start] = bytes[offset] }
        start = end
      }
      return result
    }
  }
}

/// The texts that were met so far, by their bytes.
private struct MetTexts {
  private var bytes: [UInt8] = []
  /// The end of each text.
  private var ends: [Int] = []
  private var hashes: [UInt32] = []
  /// The number of a text plus one, 0 for none; at the place that its hash names or behind it.
  private var table = [Int32](repeating: 0, count: 64)

  /// Tells whether a text was not met before.
  mutating func insert(_ text: Span<UInt8>) -> Bool {
    var hash: UInt32 = 2_166_136_261
    for index in text.indices { hash = (hash ^ UInt32(text[index])) &* 16_777_619 }
    var place = Int(hash) & (table.count - 1)
    while table[place] != 0 {
      if isText(Int(table[place]) - 1, hash, text) { return false }
      place = (place + 1) & (table.count - 1)
    }
    bytes.append(text)
    ends.append(bytes.count)
    hashes.append(hash)
    table[place] = Int32(truncatingIfNeeded: ends.count)
    if ends.count * 2 > table.count { grow() }
    return true
  }

  private func isText(_ number: Int, _ hash: UInt32, _ text: Span<UInt8>) -> Bool {
    guard hashes[number] == hash else { return false }
    let start = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - start == text.count else { return false }
    return bytes.span.extracting(start..<ends[number]).hasSameBytes(as: text)
  }

  private mutating func grow() {
    table = [Int32](repeating: 0, count: table.count * 4)
    for (number, hash) in hashes.enumerated() {
      var place = Int(hash) & (table.count - 1)
      while table[place] != 0 { place = (place + 1) & (table.count - 1) }
      table[place] = Int32(truncatingIfNeeded: number + 1)
    }
  }
}
