import Reports

/// A document that is to be sealed, with all that it is made of.
public struct SealedDocument: Sendable {
  public let description: DocumentDescription
  /// The data file's name, and its bytes.
  public let data: OutputFile
  /// Pictures, sheets and descriptors, by their paths beside the data file.
  public let beside: [OutputFile]
  /// The names of templates, schemas, profiles and registers below their folder.
  public let templates: [String]
  /// The document in its formats, and the pictures beside it.
  public let outputs: [OutputFile]
  public let making: Making

  public init(
    _ description: DocumentDescription, data: OutputFile, beside: [OutputFile], templates: [String],
    outputs: [OutputFile], _ making: Making
  ) {
    (self.description, self.data, self.beside) = (description, data, beside)
    (self.templates, self.outputs, self.making) = (templates, outputs, making)
  }
}

/// How documents are made, as a build record says it.
public struct Making: Sendable, Equatable {
  public let formats: [Format]
  /// PDFs are made for archives.
  public let isArchived: Bool
  /// Sheets are printed on both sides.
  public let isTwoSided: Bool
  /// The version of the PDF engine; nil where none took part.
  public var engine: String?

  public init(formats: [Format], isArchived: Bool, isTwoSided: Bool, engine: String? = nil) {
    (self.formats, self.isArchived, self.isTwoSided) = (formats, isArchived, isTwoSided)
    self.engine = engine
  }

  /// The options of the command that asks for it.
  var options: String {
    "--to \(formats.map(\.rawValue).joined(separator: ","))" + (isArchived ? " --pdf-a" : "")
      + (isTwoSided ? " --hai-mat" : "")
  }
}
