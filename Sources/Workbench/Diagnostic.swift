/// Where in a file a diagnostic points.
public struct SourceLocation: Hashable, Sendable, Comparable {
  /// The file, as the user would name it.
  public var file: String
  /// The line, from 1; 0 where a diagnostic is about the file as a whole.
  public var line: Int
  /// The column in Unicode scalars, from 1; 0 where a diagnostic is about the line as a whole.
  public var column: Int
  /// How many scalars it marks; at least 1.
  public var length: Int

  /// Makes a location.
  public init(file: String, line: Int = 0, column: Int = 0, length: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
  }
  /// Orders by file, line and column.
  public static func < (left: Self, right: Self) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

/// A kind of problem: a stable id, and what a user needs to know about it.
///
/// Each kind is declared once, as a value, beside the code that finds the problem; `casus explain` lists them.
public struct DiagnosticKind: Hashable, Sendable {
  /// The id, `area.problem`.
  public let id: String
  /// What is wrong, in one sentence.
  public let summary: String
  /// Why it matters and how to mend it.
  public let explanation: String
  /// Declares a kind of problem.
  public init(_ id: String, _ summary: String, _ explanation: String) {
    self.id = id
    self.summary = summary
    self.explanation = explanation
  }
}

/// One problem, said once, in a form that a person and a program can both use.
///
/// The message is lower case without a final period, quotes what the user wrote in `'…'` and says what was expected. A
/// plugin that does not know the place in the workspace names a parameter instead, and the engine adds the place.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Sendable, Comparable {
    case note, warning, error
    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
    /// Orders from note to error.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
  }
  /// What the program answers with when this problem ends a command; the exit codes of `sysexits`.
  public enum Exit: Int32, Sendable {
    case failed = 1, usage = 64, invalid = 65, noInput = 66, plugin = 69, bug = 70, cannotCreate = 73, io = 74, busy =
      75
    case interrupted = 130
  }

  /// The stable id, `area.problem`.
  public var id: String
  /// How bad it is.
  public var severity: Severity
  /// What is wrong.
  public var message: String
  /// The place in a file.
  public var location: SourceLocation?
  /// The parameter it is about, where a plugin says so: `path`, `columns.date_start`.
  public var parameter: String?
  /// What to do, in the imperative, or a question such as "did you mean 'path'?".
  public var hint: String?
  /// Further lines: the first bad rows, a cycle, related places.
  public var notes: [String]
  /// How the program ends when it ends with this.
  public var exit: Exit

  /// Makes a diagnostic.
  public init(
    _ severity: Severity, _ kind: DiagnosticKind, _ message: String, at location: SourceLocation? = nil,
    parameter: String? = nil, hint: String? = nil, notes: [String] = [], exit: Exit = .invalid
  ) {
    id = kind.id
    self.severity = severity
    self.message = message
    self.location = location
    self.parameter = parameter
    self.hint = hint
    self.notes = notes
    self.exit = exit
  }
  /// Makes an error.
  public static func error(
    _ kind: DiagnosticKind, _ message: String, at location: SourceLocation? = nil, parameter: String? = nil,
    hint: String? = nil, notes: [String] = [], exit: Exit = .invalid
  ) -> Self {
    Self(.error, kind, message, at: location, parameter: parameter, hint: hint, notes: notes, exit: exit)
  }
  /// Makes a warning.
  public static func warning(
    _ kind: DiagnosticKind, _ message: String, at location: SourceLocation? = nil, parameter: String? = nil,
    hint: String? = nil, notes: [String] = []
  ) -> Self {
    Self(.warning, kind, message, at: location, parameter: parameter, hint: hint, notes: notes)
  }
}
