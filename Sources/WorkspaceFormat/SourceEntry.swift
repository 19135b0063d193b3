public import EventModel
import JSONText
public import Workbench

/// A data source of a workspace.
public struct SourceEntry: ParameterRecord {
  /// The id of the plugin.
  public let use: LocatedValue<String>
  /// The plugin's parameters.
  public let with: OpenMap?
  /// The days that the source covers; nil: from its first to its last event.
  public let covers: CoverageEntry?
  /// Which release it is, and how it wants to be cited.
  public let cite: CitationEntry?
  /// The digest that its file must have.
  public let pin: LocatedValue<String>?
  /// Whether its file may be missing.
  public let isOptional: Bool
  /// Whether its file may be passed on in an archive; nil: it may if it lies in the workspace's folder.
  public let mayRedistribute: Bool?
  /// What its data must satisfy.
  public let expect: ExpectationEntry?

  /// Declares the keys of a source.
  public init(parameters: inout ParameterReader) {
    use = parameters.required("use", "The id of the source's plugin.")
    with = parameters.optional("with", "The plugin's parameters.")
    covers = parameters.optional(
      "covers", "The days the source covers, outside which its silence means nothing; default: first to last event.")
    cite = parameters.optional("cite", "Which release it is, and how it wants to be cited.")
    pin = parameters.optional("pin", "The digest its file must have.", where: .digest)
    isOptional = parameters.optional("optional", default: false, "Whether its file may be missing.")
    mayRedistribute = parameters.optional(
      "redistribute",
      "Whether archives may hold its file; default: if it lies in the workspace's folder and its terms allow it.")
    expect = parameters.optional("expect", "What its data must satisfy.")
  }
}

/// The days that a source covers.
public struct CoverageEntry: ParameterRecord, Hashable {
  /// The first day covered.
  public let from: Day
  /// The last day covered.
  public let to: Day
  /// Declares the keys of a coverage.
  public init(parameters: inout ParameterReader) {
    let from: Day = parameters.required("from", "First day covered.")
    let to: Day = parameters.required("to", "Last day covered.")
    self.from = from
    self.to = to
    parameters.check(from <= to, about: ["to", "from"], "'to' must not lie before 'from'")
  }
}

/// Which release of a dataset was used, and how it wants to be cited.
public struct CitationEntry: ParameterRecord, Hashable {
  /// The release.
  public let release: String?
  /// The day it was fetched.
  public let accessed: Day?
  /// The citation, which replaces the plugin's own.
  public let citation: String?
  /// Declares the keys of a citation.
  public init(parameters: inout ParameterReader) {
    release = parameters.optional("release", "Release of the dataset, such as \"25.1\".")
    accessed = parameters.optional("accessed", "Day on which it was fetched.")
    citation = parameters.optional("citation", "How it wants to be cited; replaces the plugin's own.")
  }
}

extension ParameterRule where Value == LocatedValue<String> {
  /// A digest: `sha256:` and 64 hexadecimal digits.
  static var digest: Self {
    Self("be 'sha256:' and 64 hexadecimal digits", schema: ["pattern": "^sha256:[0-9a-f]{64}$"]) {
      let digits = $0.value.utf8.dropFirst(7)
      return $0.value.hasPrefix("sha256:") && digits.count == 64
        && digits.allSatisfy { 48...57 ~= $0 || 97...102 ~= $0 }
    }
  }
}
