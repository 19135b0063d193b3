public import Workbench

extension DiagnosticKind {
  static let encoding = DiagnosticKind(
    "workspace.encoding", "The file is not plain UTF-8 text.",
    "Workspace files are UTF-8 text without control characters and without invisible line separators. Save the file as "
      + "UTF-8; in double quotes such a character can be written as an escape, \"\\u2028\".")
  /// A workspace file is too large.
  public static let tooLarge = DiagnosticKind(
    "workspace.too-large", "The file is too large to be a workspace.",
    "A workspace file may have 8 MiB. Data belong into files of their own, which a source reads.")
  static let tooDeep = DiagnosticKind(
    "workspace.too-deep", "The file nests maps and lists too deeply.",
    "A workspace file may nest 32 levels; the format itself needs fewer than ten.")
  static let empty = DiagnosticKind(
    "workspace.empty", "The file holds nothing.",
    "A workspace begins with `workspace: 1`, a `name` and `sources`; `casus init` writes one to start from.")
  static let notAMap = DiagnosticKind(
    "workspace.not-a-map", "The file is no map of keys.",
    "A workspace is a map: one `key: value` on a line, beginning with `workspace: 1`.")
  static let nestedProfiles = DiagnosticKind(
    "workspace.nested-profiles", "A profile holds profiles.",
    "A profile changes the other keys of the file; profiles stand side by side under `profiles`.")
  static let lostStep = DiagnosticKind(
    "workspace.lost-step", "A profile changes a step that the workspace does not have.",
    "A profile names the step it changes as the file does. To add a step, give it a `use` of its own.")
  static let syntax = DiagnosticKind(
    "workspace.syntax", "The file is not valid YAML.",
    "YAML indents with spaces, never tabs; the keys of one map stand in one column; text that begins with one of "
      + "`[ ] { } & * ! | > ' \" % @ #`, or that holds `: ` or ` #`, needs quotes.")
  static let duplicateKey = DiagnosticKind(
    "workspace.duplicate-key", "A key is written twice in one map.",
    "Only one of the two could count, so the file must say which. Rename one or merge them.")
  static let badKey = DiagnosticKind(
    "workspace.bad-key", "A key is not a single word or text.",
    "Keys are names; lists and maps stand to the right of the colon. A value such as `{a, b}` is a map of keys without "
      + "values: a list is written `[a, b]`.")
  static let anchor = DiagnosticKind(
    "workspace.anchor", "The file uses an anchor, an alias or a merge key.",
    "Workspaces do not use YAML's `&anchor`, `*alias` and `<<`: a value that is used twice belongs into `vars`, and "
      + "`${name}` stands for it. Text that begins with `&` or `*` needs quotes.")
  static let tag = DiagnosticKind(
    "workspace.tag", "The file uses a YAML tag.",
    "A parameter's own type decides how its value is read, so tags such as `!!str` are not needed. Text that begins with "
      + "`!` needs quotes.")
  static let documents = DiagnosticKind(
    "workspace.documents", "The file holds more than one YAML document.",
    "A workspace is one document; a line `---` may stand only above it.")
  static let unknownVariable = DiagnosticKind(
    "workspace.unknown-variable", "The workspace names a variable that it does not declare.",
    "`${name}` stands for the value under `vars` with that name; profiles and `--set` change declared variables only. A "
      + "literal `${` is written `$${`.")
  static let badReference = DiagnosticKind(
    "workspace.bad-reference", "A reference to a variable is not well formed.",
    "References are written `${name}`, with a name of a-z, 0-9 and -, and stand in values, not in keys and not in "
      + "`vars`. A literal `${` is written `$${`.")
  static let unknownProfile = DiagnosticKind(
    "workspace.unknown-profile", "The workspace has no such profile.",
    "`--profile` takes a name under `profiles`.")

  /// The kinds that reading a workspace file can report.
  public static let workspaceFormatKinds = [
    encoding, tooLarge, tooDeep, empty, notAMap, nestedProfiles, lostStep, syntax, duplicateKey, badKey, anchor, tag,
    documents, unknownVariable,
    badReference, unknownProfile,
  ]
}
