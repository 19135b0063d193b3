import DelimitedText
public import Workbench

/// The names of a file's columns, and its first record.
public struct TabularHeader: Sendable {
  /// The file, for messages.
  public let file: String
  /// The names, in the order of the file.
  public let names: [String]
  /// The fields of the first record of data, nil where one is empty; none where the file has no such record.
  ///
  /// Tells apart variants of a file whose names are the same.
  public let firstRecord: [String?]

  /// Reads the header of a stream, and no more than its first block.
  init(_ part: InputPart, _ form: TabularForm, in context: RunContext) throws(Diagnostic) {
    let file = try context.files.open(part)
    try self.init(DelimitedReader(file, format: form.format, blockBytes: 1 << 14), part, form, in: context)
  }
  /// Takes the header from a reader of a stream, and a row of tags under it: records of data are what is left.
  init(
    _ reader: DelimitedReader, _ part: InputPart, _ form: TabularForm, in context: RunContext
  ) throws(Diagnostic) {
    func next() throws(Diagnostic) -> (record: DelimitedRecord, block: DelimitedBlock)? {
      do throws(Diagnostic) { return try reader.peek() } catch {
        throw try placed(error, by: reader, in: part, context)
      }
    }
    file = reader.name
    var first = try next()
    switch form.names {
    case .firstRecord:
      guard let (record, block) = first else {
        throw .error(
          .emptyFile, "the file is empty, expected a header", at: SourceLocation(file: reader.name, line: 1))
      }
      names = try Self.names(in: record, of: block, form, file: reader.name)
      reader.skip(record)
      first = try next()
      if let (record, block) = first, record.isTagRow(in: block) {
        reader.skip(record)
        first = try next()
      }
    case .fixed(let lists):
      names = try Self.names(among: lists, for: first, form, file: reader.name)
    }
    firstRecord = first.map { record, block in record.fields.map { form.text($0, of: block) } } ?? []
  }

  /// The names in a first record.
  private static func names(
    in record: DelimitedRecord, of block: DelimitedBlock, _ form: TabularForm, file: String
  ) throws(Diagnostic) -> [String] {
    try checkForm(of: record, in: block, form, file: file)
    let place = SourceLocation(file: file, line: 1)
    if let word = record.otherDelimiter(in: block, format: form.format) {
      throw .error(
        .wrongDelimiter, "the header is one field, expected names divided by \(TabularEvents.word(for: form.format))",
        at: place,
        hint: "it seems to be delimited by \(word): save it as published, or tell the source 'csv' with 'delimiter'",
        notes: ["the header is \(shown(record.fields.map { form.text($0, of: block) ?? "" }.joined(), upTo: 200))"])
    }
    return record.fields.map { form.text($0, of: block) ?? "" }
  }

  /// The list of names that fits a first record, where the file has no header.
  private static func names(
    among lists: [[String]], for first: (record: DelimitedRecord, block: DelimitedBlock)?, _ form: TabularForm,
    file: String
  ) throws(Diagnostic) -> [String] {
    guard let (record, block) = first else { return lists.first ?? [] }
    if let names = lists.first(where: { $0.count == record.fields.count }) { return names }
    try checkForm(of: record, in: block, form, file: file)
    let (count, known) = (record.fields.count, lists.map(\.count).sorted().map(String.init))
    let expected = [known.dropLast().joined(separator: ", "), known.last ?? ""].filter { !$0.isEmpty }
    throw .error(
      .fieldCount,
      "the first record has \(count) field\(count == 1 ? "" : "s"), expected \(expected.joined(separator: " or "))",
      at: SourceLocation(file: file, line: 1),
      hint: record.otherDelimiter(in: block, format: form.format).map {
        "it seems to be delimited by \($0), not \(TabularEvents.word(for: form.format)): save the file as published"
      } ?? "is it a file of this dataset, and as published?")
  }

  /// Throws where a first record shows that the file is written in another way altogether.
  private static func checkForm(
    of record: DelimitedRecord, in block: DelimitedBlock, _ form: TabularForm, file: String
  ) throws(Diagnostic) {
    let place = SourceLocation(file: file, line: 1)
    let text = block.bytes[record.range]
    if text.contains(0) {
      throw .error(
        .nulByte, "the first record holds a NUL byte", at: place, hint: "is the file binary, or in UTF-16?")
    }
    if record.fields.contains(where: { block.bytes[$0.range].contains(13) }) {
      throw .error(
        .carriageReturns, "the lines end with carriage returns alone", at: place,
        hint: "convert the file: tr '\\r' '\\n' < old.csv > new.csv")
    }
    if form.format.isQuoted, record.isEncodedTwice(in: block) {
      throw .error(
        .encodedTwice, "the first record is one quoted field that holds a whole record", at: place,
        hint: encodedTwiceHint(form.format, isPadded: record.fields.count > 1))
    }
  }

  /// Whether the file has a column of that name.
  public func contains(_ name: String) -> Bool { names.contains(name) }

  /// The place of a column; throws where there is none of that name, or more than one.
  /// - Parameter parameter: the parameter that names the column, if one does.
  public func place(of name: String, parameter: String? = nil) throws(Diagnostic) -> Int {
    let place = SourceLocation(file: file, line: 1)
    guard let first = names.firstIndex(of: name) else {
      let list = names.count > 40 ? names.prefix(40) + ["... (\(names.count) in all)"] : names[...]
      throw .error(
        .missingColumn, "the file has no column '\(name)'; it has \(list.joined(separator: ", "))", at: place,
        parameter: parameter,
        hint: nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
          ?? "name the file's own column under 'columns'")
    }
    guard names.lastIndex(of: name) == first else {
      throw .error(
        .repeatedColumn, "the file has more than one column '\(name)'", at: place, parameter: parameter,
        hint: "rename all but one")
    }
    return first
  }
}
