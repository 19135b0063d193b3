import EventModel
import Synchronization
import Workbench

/// The blocks of a file put together, each as soon as all before it have been: no column is in memory twice.
final class Assembly: Sendable {
  private let fields: [BlockParser.Field]
  private let state: Mutex<State>

  private struct State {
    /// The blocks put together so far, without their columns.
    var blocks: [ParsedBlock] = []
    /// Blocks that came before one that precedes them, with the numbers of their workers.
    var waiting: [Int: (block: ParsedBlock, worker: Int)] = [:]
    var columns: [JoinedColumn]
    var references: [RecordReference] = []
    /// The lists of labels.
    var lists: [JoinedLabels]
    /// What ended the reading, by worker.
    var failures: [Int: Diagnostic] = [:]
  }

  /// Makes an empty one.
  init(fields: [BlockParser.Field], workers: Int) {
    self.fields = fields
    let lists = (fields.compactMap(\.list).max() ?? -1) + 1
    state = Mutex(
      State(
        columns: [JoinedColumn](repeating: JoinedColumn(), count: fields.count),
        lists: [JoinedLabels](repeating: JoinedLabels(workers: workers), count: lists)))
  }

  /// The blocks in order, without their columns.
  var blocks: [ParsedBlock] { state.withLock { $0.blocks } }
  /// What ended the reading, if it did not end well.
  var failure: Diagnostic? { state.withLock { $0.failures.min { $0.key < $1.key }?.value } }
  /// The number of rows.
  var count: Int { blocks.reduce(0) { $0 + $1.count } }
  /// Where each row's record begins, if that was asked for; to be called once.
  func takeReferences() -> [RecordReference] {
    state.withLock { state in
      defer { state.references = [] }
      return state.references
    }
  }

  /// Notes what ended the reading of a worker.
  func add(_ failure: Diagnostic, of worker: Int) { state.withLock { $0.failures[worker] = failure } }

  /// Takes a block.
  /// - Parameter growth: how many times the bytes read so far the whole file has.
  func add(_ block: ParsedBlock, of worker: Int, growth: Double) {
    state.withLock { state in
      state.waiting[block.index] = (block, worker)
      while let (next, worker) = state.waiting.removeValue(forKey: state.blocks.count) {
        append(next, of: worker, growth, to: &state)
      }
    }
  }

  private func append(_ block: ParsedBlock, of worker: Int, _ growth: Double, to state: inout State) {
    for list in state.lists.indices {
      state.lists[list].add(block.newLabels[list], of: worker)
      let numbers = fields.indices.filter { fields[$0].list == list }
      state.lists[list].meet(numbers.compactMap { block.columns[$0].codes }, of: worker, rows: block.count)
    }
    for (number, field) in fields.enumerated() {
      if let list = field.list, let codes = block.columns[number].codes {
        let known = state.lists[list].newCodes[worker]
        state.columns[number].append(codes, through: known, growth)
      } else {
        state.columns[number].append(block.columns[number], growth)
      }
    }
    extend(&state.references, by: block.references, growth)
    var rest = block
    rest.columns = []
    rest.references = []
    rest.newLabels = []
    state.blocks.append(rest)
  }

  /// The whole columns in the order of the fields; to be called once.
  func columns(in context: RunContext) throws(Diagnostic) -> [EventTable.Values] {
    let (columns, lists) = state.withLock { state in
      defer { (state.columns, state.lists) = ([], []) }
      return (state.columns, state.lists)
    }
    let labels = try context.concurrentMap(lists.count) { lists[$0].finished }
    return try context.concurrentMap(fields.count) { number in
      columns[number].finished(fields[number].field.parser.kind, fields[number].list.map { labels[$0] })
    }
  }
}

/// Names listed in the order in which rows first bear them, from the lists of several workers.
private struct JoinedLabels: Sendable {
  private var index = LabelIndex()
  /// The labels of each worker, in the order of its codes.
  private var labels: [Labels]
  /// The code given to each of a worker's codes; the highest number where no row has borne it.
  private(set) var newCodes: [[UInt32]]
  private var unmet: [Int]

  init(workers: Int) {
    labels = [Labels](repeating: Labels(), count: workers)
    newCodes = [[UInt32]](repeating: [], count: workers)
    unmet = [Int](repeating: 0, count: workers)
  }
  /// Takes the labels that a worker has met since its last block.
  mutating func add(_ new: Labels, of worker: Int) {
    guard new.count > 0 else { return }
    labels[worker].append(new)
    newCodes[worker] += repeatElement(.max, count: new.count)
    unmet[worker] += new.count
  }
  /// Gives the labels that rows of a block are the first to bear their codes.
  mutating func meet(_ columns: [Column<UInt32>], of worker: Int, rows: Int) {
    // Once every label of the worker's list has been met, codes are only looked up.
    guard unmet[worker] > 0 else { return }
    for row in 0..<rows {
      for column in columns where column.has(row) {
        let old = Int(column.values[row])
        guard newCodes[worker][old] == .max else { continue }
        newCodes[worker][old] = index.intern(utf8: labels[worker][old])
        unmet[worker] -= 1
      }
      if unmet[worker] == 0 { return }
    }
  }
  /// The labels, and whether they are distinct as texts: those that differ in how accents are encoded alone are not.
  var finished: (labels: [String], isDistinct: Bool) {
    let labels = index.labels
    return (labels, Set(labels).count == labels.count)
  }
}

/// A column that grows by the columns of blocks.
private struct JoinedColumn: Sendable {
  private var days: [Day] = []
  private var integers: [Int32] = []
  private var bytes: [UInt8] = []
  private var scores: [GoldsteinScore] = []
  private var reals: [Double] = []
  private var codes: [UInt32] = []
  private var ends: [Int] = []
  private var validities: [(validity: Bitmap?, count: Int)] = []

  mutating func append(_ values: EventTable.Values, _ growth: Double) {
    validities.append((values.validity, values.count))
    switch values {
    case .days(let column): extend(&days, by: column.values, growth)
    case .integers(let column): extend(&integers, by: column.values, growth)
    case .bytes(let column): extend(&bytes, by: column.values, growth)
    case .scores(let column): extend(&scores, by: column.values, growth)
    case .reals(let column): extend(&reals, by: column.values, growth)
    case .text(let column):
      let start = bytes.count
      extend(&bytes, by: column.bytes, growth)
      extend(&ends, by: start == 0 ? column.ends : column.ends.map { $0 + start }, growth)
    case .codes, .records: break
    }
  }
  /// Appends codes, each replaced by a new one; zero where a row has none, so that no worker's own codes remain.
  mutating func append(_ column: Column<UInt32>, through newCodes: [UInt32], _ growth: Double) {
    validities.append((column.validity, column.count))
    makeRoom(in: &codes, for: column.count, growth)
    guard !newCodes.isEmpty else {
      codes.append(contentsOf: repeatElement(0, count: column.count))
      return
    }
    codes.append(addingCapacity: column.count) { output in
      unsafe newCodes.withUnsafeBufferPointer { newCodes in
        if let validity = column.validity {
          for row in 0..<column.count { output.append(validity[row] ? unsafe newCodes[Int(column.values[row])] : 0) }
        } else {
          for code in column.values { output.append(unsafe newCodes[Int(code)]) }
        }
      }
    }
  }

  func finished(_ kind: EventColumn.Kind, _ labels: (labels: [String], isDistinct: Bool)?) -> EventTable.Values {
    let validity = Bitmap.concatenating(validities)
    switch kind {
    case .days: return .days(Column(days, validity: validity))
    case .integers: return .integers(Column(integers, validity: validity))
    case .bytes: return .bytes(Column(bytes, validity: validity))
    case .scores: return .scores(Column(scores, validity: validity))
    case .reals: return .reals(Column(reals, validity: validity))
    case .text, .records: return .text(TextColumn(bytes: bytes, ends: ends, validity: validity))
    case .codes:
      let column = CodedColumn(codes: Column(codes, validity: validity), labels: labels?.labels ?? [])
      return .codes(labels?.isDistinct ?? true ? column : column.compacted())
    }
  }
}

/// Appends a part to a whole.
private func extend<Value>(_ whole: inout [Value], by part: [Value], _ growth: Double) {
  makeRoom(in: &whole, for: part.count, growth)
  whole.append(contentsOf: part)
}
/// Makes room for a part, and where there is none for what can be expected to follow: a whole is seldom moved.
private func makeRoom<Value>(in whole: inout [Value], for count: Int, _ growth: Double) {
  let needed = whole.count + count
  if whole.capacity < needed { whole.reserveCapacity(needed + needed / 8 + Int(Double(needed) * (growth - 1) * 1.03)) }
}

extension EventTable.Values {
  fileprivate var codes: Column<UInt32>? { if case .codes(let column) = self { column.codes } else { nil } }
}

extension LabelIndex {
  /// The code of a text, given now where it has not been met.
  mutating func intern(utf8: ArraySlice<UInt8>) -> UInt32 {
    unsafe utf8.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return 0 }
      return unsafe intern(FieldText(start: base, count: text.count))
    }
  }
}
