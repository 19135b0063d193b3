public import Workbench

extension DiagnosticKind {
  static let missingProgram = DiagnosticKind(
    "process.missing", "The executable of a plugin is not there.",
    "`exec` is a path relative to the workspace's folder. The message names the nearest file where there is one.")
  static let notExecutable = DiagnosticKind(
    "process.not-executable", "The executable of a plugin may not be executed.", "Make it so: `chmod +x FILE`.")
  static let noInterpreter = DiagnosticKind(
    "process.no-interpreter", "A script has no interpreter, or one that is not there.",
    "A script begins with a line such as `#!/usr/bin/env python3`, which names a program of this machine. Of `env` the "
      + "program is looked for on PATH.")
  static let slowDescription = DiagnosticKind(
    "process.slow-description", "A plugin does not answer to `describe`.",
    "`TOOL describe` prints one line and ends, within 10 seconds. Import heavy libraries only where the work begins.")
  static let longDescription = DiagnosticKind(
    "process.long-description", "A plugin prints more than one line when it describes itself.",
    "`TOOL describe` prints one JSON object on one line and nothing else on standard output. What is for people goes to "
      + "standard error.")
  static let failedDescription = DiagnosticKind(
    "process.failed-description", "A plugin ends with an error when it describes itself.",
    "`TOOL describe` must end with exit code 0. The notes show the last lines of its standard error.")
  static let noJSON = DiagnosticKind(
    "process.no-json", "A plugin describes itself in something that is no JSON object.",
    "docs/process-plugins.md shows the line that `TOOL describe` must print.")
  static let badDescription = DiagnosticKind(
    "process.bad-description", "The description of a plugin lacks something, or has something of a wrong kind.",
    "docs/process-plugins.md lists the members of a description. An analyzer has at least one output.")
  static let openSchema = DiagnosticKind(
    "process.open-schema", "The parameters of a plugin are not closed.",
    "Every object of the schema needs `\"additionalProperties\": false`, or the schema of its values, so that a mistyped "
      + "parameter is found before anything runs.")
  static let badSchema = DiagnosticKind(
    "process.bad-schema", "The schema of a plugin's parameters says something that is not understood here.",
    "Parameters are described in the part of JSON Schema that `casus schema ID` writes; docs/process-plugins.md lists it."
  )
  static let takenID = DiagnosticKind(
    "process.taken-id", "A process plugin has the id of another plugin.",
    "`as` gives a process plugin its id in the workspace, and may not be that of a plugin shipped or of another entry.")
  static let newerProtocol = DiagnosticKind(
    "process.newer-protocol", "A plugin speaks a version of the protocol that this program does not.",
    "This program speaks version 1. Take a newer program, or an older plugin.")
  static let notDeterministic = DiagnosticKind(
    "process.not-deterministic", "A plugin says that equal input does not give equal output.",
    "Results are kept and compared, so equal input must give equal output to the byte. Random numbers are made from the "
      + "`seed` of the request.")
  static let untrusted = DiagnosticKind(
    "process.untrusted", "A workspace names a program that has not been trusted here.",
    "A process plugin runs with your rights. Read it; then `casus trust WORKSPACE` remembers its digest for this folder, or "
      + "`--trust sha256:...` names it for one command. A changed file asks again, and so does a restored snapshot.")
  static let timeLimit = DiagnosticKind(
    "process.time-limit", "A plugin ran longer than it may.",
    "`time_limit` of its entry under `plugins` says how many seconds it has: 600 where it says nothing. It got SIGTERM, and 5 "
      + "seconds later SIGKILL. Nothing of its output was taken.")
  static let failedProgram = DiagnosticKind(
    "process.failed", "A plugin could not do its work.",
    "It said so, or ended without saying `done`. The notes show the last lines that it wrote to standard error. Nothing of "
      + "its output was taken.")
  static let badMessage = DiagnosticKind(
    "process.bad-message", "A plugin wrote something on standard output that is no message.",
    "Standard output holds messages only: a JSON object in UTF-8 on each line, of 1 MiB at most, and nothing after `done`. "
      + "What is for people goes to standard error. Messages of unknown types are passed over.")
  static let badOutput = DiagnosticKind(
    "process.bad-output", "A plugin gave another table than it promised.",
    "A table is a CSV file in UTF-8 with the columns of its description in their order, values of their kinds, and no two "
      + "rows of one key. Nothing of its output was taken.")
  static let wrongCount = DiagnosticKind(
    "process.wrong-count", "A plugin says another number of rows than its table has.",
    "The count guards against files that were cut short. Nothing of its output was taken.")
  static let tooLargeOutput = DiagnosticKind(
    "process.too-large", "A plugin wrote too much.",
    "A file may have 4 GiB, all messages of a run 64 MiB together.")
  static let toldWarning = DiagnosticKind(
    "process.warning", "A plugin warns of something.", "The sentence is the plugin's own.")
  static let notLaunched = DiagnosticKind(
    "process.not-launched", "A plugin could not be started.", "The message says what the system answered.")

  /// The kinds that process plugins can report.
  public static let processKinds = [
    missingProgram, notExecutable, noInterpreter, slowDescription, longDescription, failedDescription, noJSON,
    badDescription, openSchema, badSchema, takenID, newerProtocol, notDeterministic, untrusted, timeLimit,
    failedProgram,
    badMessage, badOutput, wrongCount, tooLargeOutput, toldWarning, notLaunched,
  ]
}
