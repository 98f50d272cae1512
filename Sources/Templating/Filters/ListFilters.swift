import Diagnostics
import Texts

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
      .items(value.isAbsent ? ItemList([]) : try value.itemList("list"))
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
    Filter("sum", Signature(["attribute", "start"]), .sum, rendering: sum),
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
    Filter("map", Signature(takesMore: true), .map, rendering: map),
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
    let items = try renderer.members(value, arguments[0], "sum")
    if case .int(let start) = total, let whole = items.wholeSum(from: start) { return .int(whole) }
    for (record, item) in zip(try value.itemList("sum"), items) {
      if case .items(let left) = total, case .items(let right) = item {
        try renderer.countSteps(left.count + right.count)
        total = .list(left.array + right.array)
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
      return .items(try renderer.members(items, path, fallback))
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
