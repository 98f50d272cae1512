/// Random but valid templates, the same for the same seed.
///
/// Expressions are made by type, so that most templates fill without an error. What is known to
/// differ (the table of differences) is not made: no sums of decimals, no sorting of texts.
struct TemplateGenerator {
  private var state: UInt64
  private var depth = 0
  /// Names in sight that hold an integer or a text.
  private var numbers = ["n", "zero", "m.a", "don_vi.dia_chi.so", "rows[0].so"]
  private var texts = ["s", "t", "don_vi.ten", "ds[0]", "rows[1].ten", "viet"]
  private var macros: [String] = []
  private var loopDepth = 0
  private var names = 0

  init(seed: UInt64) { state = seed &* 0xD134_2543_DE82_EF95 &+ 1 }

  mutating func template() -> String {
    (0..<between(2, 6)).map { _ in statement() }.joined()
  }

  // MARK: Choosing

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private mutating func between(_ low: Int, _ high: Int) -> Int {
    low + Int(next() % UInt64(high - low + 1))
  }

  private mutating func one(of choices: [String]) -> String {
    choices[between(0, choices.count - 1)]
  }

  private mutating func isOneIn(_ count: Int) -> Bool { between(1, count) == 1 }

  private mutating func newName() -> String {
    names += 1
    return "v\(names)"
  }

  // MARK: Statements

  private mutating func statement() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 4 else { return output() }
    switch between(0, 13) {
    case 0...3: return output()
    case 4, 5: return plainText() + output() + plainText()
    case 6: return condition()
    case 7, 8: return loop()
    case 9: return assignment()
    case 10: return scoped()
    case 11: return macro()
    case 12: return call()
    default: return one(of: ["{% raw -%} {{ x }}\n {%- endraw %}", comment(), filterBlock()])
    }
  }

  private mutating func body() -> String {
    let outer = (numbers, texts, macros)
    defer { (numbers, texts, macros) = outer }
    return (0..<between(1, 3)).map { _ in statement() }.joined()
  }

  private mutating func plainText() -> String {
    one(of: ["", " ", "\n", "a", "  b\n", "\n\n  ", "\tc ", "đ\n", "<i>", " x\n  "])
  }

  private mutating func tag(_ text: String) -> String {
    let opening = one(of: ["{%", "{%", "{%", "{%-", "{%+"])
    let closing = one(of: ["%}", "%}", "%}", "-%}", "+%}"])
    return plainText() + "\(opening) \(text) \(closing)" + plainText()
  }

  private mutating func output() -> String {
    let opening = one(of: ["{{", "{{", "{{", "{{-"])
    let closing = one(of: ["}}", "}}", "}}", "-}}"])
    return "\(opening) \(printable()) \(closing)"
  }

  private mutating func comment() -> String {
    plainText() + one(of: ["{# x #}", "{#- x #}", "{# x -#}", "{#- {{ -#}"]) + plainText()
  }

  private mutating func condition() -> String {
    var text = tag("if \(truth())") + body()
    while isOneIn(3) { text += tag("elif \(truth())") + body() }
    if isOneIn(2) { text += tag("else") + body() }
    return text + tag("endif")
  }

  private mutating func loop() -> String {
    let outer = (numbers, texts)
    defer { (numbers, texts) = outer }
    let name = newName()
    var head: String
    switch between(0, 3) {
    case 0:
      head = "\(name) in \(textList())"
      texts.append(name)
    case 1:
      head = "\(name), \(name)b in mang"
      numbers += [name, name + "b"]
    case 2:
      head = "\(name) in rows"
      numbers.append(name + ".so")
      texts.append(name + ".nhom")
    default:
      head = "\(name) in \(numberList())"
      numbers.append(name)
    }
    if isOneIn(4) { head += " if \(truth())" }
    loopDepth += 1
    let inner = body()
    loopDepth -= 1
    (numbers, texts) = outer
    let otherwise = isOneIn(3) ? tag("else") + body() : ""
    return tag("for " + head) + inner + otherwise + tag("endfor")
  }

  private mutating func assignment() -> String {
    let name = newName()
    switch between(0, 3) {
    case 0:
      let text = tag("set \(name) = \(number())")
      numbers.append(name)
      return text
    case 1:
      let text = tag("set \(name) = \(text())")
      texts.append(name)
      return text
    case 2:
      let text = tag("set \(name)") + body() + tag("endset")
      texts.append(name)
      return text
    default:
      let text = tag("set \(name), \(name)b = \(number()), \(number())")
      numbers += [name, name + "b"]
      return text
    }
  }

  private mutating func scoped() -> String {
    let name = newName()
    let outer = numbers
    defer { numbers = outer }
    let head = tag("with \(name) = \(number())")
    numbers.append(name)
    return head + body() + tag("endwith")
  }

  /// A macro of a number and a text.
  private mutating func macro() -> String {
    let outer = (numbers, texts, loopDepth)
    let name = newName()
    let head = tag("macro \(name)(p, q=\(text()))")
    numbers.append("p")
    texts.append("q")
    loopDepth = 0
    let text = head + body() + tag("endmacro")
    (numbers, texts, loopDepth) = outer
    macros.append(name)
    return text
  }

  private mutating func call() -> String {
    guard let macro = macros.last else { return output() }
    let arguments = one(of: [number(), "\(number()), \(text())", "q=\(text()), p=\(number())"])
    return "{{ \(macro)(\(arguments)) }}"
  }

  private mutating func filterBlock() -> String {
    tag("filter " + one(of: ["upper", "lower", "trim", "replace('a', 'o')"])) + body()
      + tag("endfilter")
  }

  // MARK: Expressions

  private mutating func printable() -> String {
    switch between(0, 6) {
    case 0, 1: number()
    case 2, 3: text()
    case 4: truth()
    case 5: numberList()
    default: textList()
    }
  }

  private mutating func number() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 6 else { return one(of: numbers + ["1", "7"]) }
    switch between(0, 11) {
    case 0, 1: return one(of: numbers)
    case 2: return "\(between(0, 20))"
    case 3: return "(\(number()) \(one(of: ["+", "-", "*"])) \(number()))"
    case 4: return "(\(number()) \(one(of: ["//", "%"])) \(between(1, 5)))"
    case 5: return "(-\(number()))"
    case 6: return "\(numberList()) | \(one(of: ["sum", "length", "count"]))"
    case 7: return "(\(number()) if \(truth()) else \(number()))"
    case 8: return "(\(textList()) | length)"
    case 9: return "(\(number()) | abs)"
    case 10 where loopDepth > 0:
      return "loop." + one(of: ["index", "index0", "revindex", "revindex0", "length"])
    default: return "(\(text()) | length)"
    }
  }

  private mutating func text() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 6 else { return one(of: texts + ["'q'"]) }
    switch between(0, 11) {
    case 0, 1: return one(of: texts)
    case 2: return one(of: ["'ab'", "\"x y\"", "''", "'Ủy ban'", "'a<b'", "\"it's\"", "'a\\nb'"])
    case 3: return "(\(text()) ~ \(one(of: [text(), number()])))"
    case 4:
      let filter = one(of: [
        "upper", "lower", "trim", "capitalize", "string", "reverse", "replace('a', 'b')",
        "replace('n', '')", "default('z')", "indent(2)",
        "truncate(length=9, killwords=true, end='', leeway=0)", "title",
      ])
      return "(\(text()) | \(filter))"
    case 5: return "(\(text()) if \(truth()) else \(text()))"
    case 6: return "(\(numberList()) | join(\(one(of: ["','", "'-'", "''"]))))"
    case 7: return "(\(textList()) | join(', '))"
    case 8: return "(\(number()) | string)"
    case 9: return "(\(text()))[\(one(of: ["1:", ":2", "1:3", "::2", "::-1", "-2:"]))]"
    case 10 where loopDepth > 0: return "loop.cycle('x', 'y')"
    default: return "(\(text()) or \(text()))"
    }
  }

  private mutating func truth() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 6 else { return one(of: ["dung", "sai", "true", "false"]) }
    switch between(0, 10) {
    case 0: return one(of: ["dung", "sai", "true", "false"])
    case 1:
      return "(\(number()) \(one(of: ["<", "<=", ">", ">=", "==", "!="])) \(number()))"
    case 2: return "(\(text()) \(one(of: ["==", "!=", "<"])) \(text()))"
    case 3: return "(not \(truth()))"
    case 4: return "(\(truth()) \(one(of: ["and", "or"])) \(truth()))"
    case 5: return "(\(number()) \(one(of: ["in", "not in"])) \(numberList()))"
    case 6: return "('a' in \(text()))"
    case 7:
      let test = one(of: [
        "odd", "even", "divisibleby 3", "divisibleby(2)", "number", "string", "none", "defined",
        "eq 5", "gt 3", "le(4)", "not odd", "in [1, 5]", "integer", "float",
      ])
      return "(\(number()) is \(test))"
    case 8: return "(\(one(of: ["khong_co", "n", "m.q"])) is \(one(of: ["", "not "]))defined)"
    case 9 where loopDepth > 0: return "loop." + one(of: ["first", "last"])
    default: return "(\(number()) < \(number()) <= \(number()))"
    }
  }

  private mutating func numberList() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 6 else { return "so" }
    switch between(0, 9) {
    case 0, 1: return "so"
    case 2: return "m.b"
    case 3: return "[\(number()), \(number())]"
    case 4: return "(\(numberList()) | sort\(one(of: ["", "(reverse=true)"])))"
    case 5: return "(\(numberList()) | \(one(of: ["unique", "reverse", "list"])) | list)"
    case 6:
      let filter = one(of: [
        "select('odd')", "reject('gt', 2)", "map('abs')", "select('divisibleby', 2)", "select",
      ])
      return "(\(numberList()) | \(filter) | list)"
    case 7: return "(rows | map(attribute='so') | list)"
    case 8: return "(\(numberList()) + \(numberList()))"
    default: return "(\(numberList()))[\(one(of: ["1:", ":2", "::2", "::-1", "-2:"]))]"
    }
  }

  private mutating func textList() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 6 else { return "ds" }
    switch between(0, 7) {
    case 0, 1: return "ds"
    case 2: return "[\(text()), \(text())]"
    case 3: return "(rows | map(attribute='\(one(of: ["ten", "nhom"]))') | list)"
    case 4:
      let filter = one(of: ["upper", "capitalize", "string", "replace', 'n', 'm"])
      return "(\(textList()) | map('\(filter)') | list)"
    case 5: return "(rows | selectattr('nhom', 'eq', 'A') | map(attribute='ten') | list)"
    case 6: return "(\(textList()) | reverse | list)"
    default: return "(\(numberList()) | map('string') | list)"
    }
  }
}
