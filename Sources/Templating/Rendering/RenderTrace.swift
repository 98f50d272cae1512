import Texts

/// The parts of some data that renderings wrote, and the names of numbers, which have no place.
public final class RenderTrace {
  private let source: Source
  /// The ranges of the texts that were written, in the order of writing.
  public private(set) var ranges: [SourceRange] = []
  /// The last names of the expressions that gave numbers: `ky_truoc` of `s.ky_truoc`.
  public private(set) var numbers: Set<String> = []

  /// - Parameter source: that of the data.
  public init(of source: Source) { self.source = source }

  func note(_ text: Text) {
    let place = text.place
    if place.source === source { ranges.append(place.range) }
  }

  func noteNumber(_ expression: Text) {
    let name = expression.bytes.reversed().prefix { $0 != UInt8(ascii: ".") && $0 > 0x20 }
    numbers.insert(String(decoding: name.reversed(), as: UTF8.self))
  }
}

extension Renderer {
  /// Notes what is written, where that is traced.
  @inline(__always)
  func trace(_ operand: Operand, _ id: ExpressionID) {
    if memory.trace != nil { traceValue(operand, id) }
  }

  @inline(never)
  private func traceValue(_ operand: Operand, _ id: ExpressionID) {
    let value = operand.value
    if let text = value.asText {
      memory.trace?.note(text)
    } else if value.asDecimal != nil {
      memory.trace?.noteNumber(place(of: unfiltered(id)))
    }
  }
}
