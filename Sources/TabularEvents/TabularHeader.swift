import DelimitedText
public import Workbench

/// The names of a file's columns.
public struct TabularHeader: Sendable {
  /// The file, for messages.
  public let file: String
  /// The names, in the order of the file.
  public let names: [String]
  private let format: DelimitedFormat

  /// Reads the header of a stream, and no more than its first block.
  init(_ part: InputPart, _ form: TabularForm, in context: RunContext) throws(Diagnostic) {
    let file = try context.files.open(part)
    try self.init(DelimitedReader(file, format: form.format, blockBytes: 1 << 14), part, form, in: context)
  }
  /// Reads the first record that a reader of a stream has.
  init(
    _ reader: DelimitedReader, _ part: InputPart, _ form: TabularForm, in context: RunContext
  ) throws(Diagnostic) {
    let place = SourceLocation(file: reader.name, line: 1)
    let first: [String]?
    do throws(Diagnostic) {
      first = try reader.firstRecord()
    } catch {
      throw try placed(error, by: reader, in: part, context)
    }
    guard let names = first else {
      throw .error(.emptyFile, "the file is empty, expected a header", at: place)
    }
    if names.contains(where: { $0.utf8.contains(0) }) {
      throw .error(.nulByte, "the header holds a NUL byte", at: place, hint: "is the file binary, or in UTF-16?")
    }
    if names.contains(where: { $0.utf8.contains(13) }) {
      throw .error(
        .carriageReturns, "the lines end with carriage returns alone", at: place,
        hint: "convert the file: tr '\\r' '\\n' < old.csv > new.csv")
    }
    self.names = names
    file = reader.name
    format = reader.format
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
        parameter: parameter, hint: hint(for: name))
    }
    guard names.lastIndex(of: name) == first else {
      throw .error(
        .repeatedColumn, "the file has more than one column '\(name)'", at: place, parameter: parameter,
        hint: "rename all but one")
    }
    return first
  }

  private func hint(for name: String) -> String {
    if names.count == 1 {
      let delimiters: [(UInt8, String)] = [(9, "tabs"), (59, "semicolons"), (44, "commas"), (124, "bars")]
      for (byte, word) in delimiters where byte != format.delimiter && names[0].utf8.contains(byte) {
        return "the header seems to be delimited by \(word): set 'delimiter'"
      }
    }
    if let near = nearestName(to: name, among: names) { return "did you mean '\(near)'?" }
    return "name the file's own column under 'columns'"
  }
}
