import DelimitedText
import EventModel
import Workbench

/// A line and a column of a file, both from 1; columns count Unicode scalars.
struct FilePlace: Sendable, Hashable {
  var line: Int
  var column: Int
}

/// The lines and columns of bytes, given by their offsets in rising or any order; reads the file again up to the last.
///
/// Lines are counted only when a message needs them, so that good files do not pay for it.
func locate(_ offsets: [Int], in part: InputPart, _ context: RunContext) throws(Diagnostic) -> [FilePlace] {
  let file = try context.files.open(part)
  var places: [Int: FilePlace] = [:]
  var pending = Set(offsets).sorted()[...]
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  var (start, line, column) = (0, 1, 1)
  while !pending.isEmpty {
    let count = try file.read(into: &buffer, from: 0)
    for index in 0..<count {
      while let next = pending.first, next <= start + index {
        places[next] = FilePlace(line: line, column: column)
        pending.removeFirst()
      }
      if buffer[index] == 10 {
        (line, column) = (line + 1, 1)
      } else if buffer[index] & 0xC0 != 0x80, start + index > 2 || buffer[0] != 0xEF {
        column += 1
      }
    }
    start += count
    if count < buffer.count { break }
  }
  return offsets.map { places[$0] ?? FilePlace(line: line, column: column) }
}

/// The same problem with the line and column at which a fault of the file's form begins, where the reader found one.
func placed(
  _ problem: Diagnostic, by reader: DelimitedReader, in part: InputPart, _ context: RunContext
) throws(Diagnostic) -> Diagnostic {
  guard let byte = reader.faultByte, let place = try locate([byte], in: part, context).first else { return problem }
  var placed = problem
  placed.location = SourceLocation(file: reader.name, line: place.line, column: place.column)
  return placed
}

/// Whether the record that begins at an offset is the last of its stream; reads on from the beginning to find out.
func isLastRecord(
  _ offset: Int, of part: InputPart, _ form: TabularForm, in context: RunContext
) throws(Diagnostic) -> Bool {
  let reader = DelimitedReader(try context.files.open(part), format: form.format, blockBytes: form.blockBytes)
  while let block = try reader.next() {
    try context.checkCancellation()
    defer { reader.recycle(block) }
    guard block.offset + block.range.upperBound > offset else { continue }
    let start = max(offset - block.offset, block.range.lowerBound)
    let after = offset < block.offset ? start : block.record(at: start, format: form.format).range.upperBound
    if block.firstRecord(from: after) != nil { return false }
  }
  return true
}

/// Fetches records of one stream by the offsets of their first bytes: each with all its fields, as the file has them.
///
/// Reads the file from its beginning to the last of them. A reference that is not to a record's beginning is an error.
func readRecords(
  _ references: [RecordReference], of part: InputPart, _ form: TabularForm, meanings: [String: String],
  in context: RunContext
) throws(Diagnostic) -> [RawRecord] {
  guard !references.isEmpty else { return [] }
  let reader = DelimitedReader(try context.files.open(part), format: form.format)
  let header = try TabularHeader(reader, part, form, in: context)
  var pending = Set(references.map(\.offset)).sorted()[...]
  var found: [Int: [RawRecord.Field]] = [:]
  while let last = pending.last, last >= 0, let block = try reader.next() {
    while let offset = pending.first, offset < block.offset + block.range.upperBound {
      pending.removeFirst()
      let start = offset - block.offset
      guard block.range.contains(start), start == block.range.lowerBound || block.bytes[start - 1] == 10 else { break }
      let record = block.record(at: start, format: form.format)
      found[offset] = record.fields.enumerated().map { number, field in
        let name = number < header.names.count ? header.names[number] : ""
        return RawRecord.Field(name: name, value: form.text(field, of: block) ?? "", meaning: meanings[name])
      }
    }
    reader.recycle(block)
    try context.checkCancellation()
  }
  let places = try locate(references.map(\.offset), in: part, context)
  var records: [RawRecord] = []
  for (reference, place) in zip(references, places) {
    guard let fields = found[reference.offset] else {
      throw .error(
        .noRecord, "no record begins at byte \(reference.offset)", at: SourceLocation(file: reader.name),
        hint: "the file is not the one the events were read from", exit: .noInput)
    }
    records.append(RawRecord(location: SourceLocation(file: reader.name, line: place.line), fields: fields))
  }
  return records
}

extension DiagnosticKind {
  static let noRecord = DiagnosticKind(
    "events.no-record", "A record that events were read from is no longer there.",
    "The file has been changed since the run. Run again.")
}
