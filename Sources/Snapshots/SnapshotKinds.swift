public import Workbench

extension DiagnosticKind {
  static let badEntryName = DiagnosticKind(
    "archive.bad-name", "A file cannot enter the archive under its name.",
    "An archive must be the same to every program that unpacks it. So the names in it are relative, without control "
      + "characters, `\\` and `%`, and no two differ by case or by the form of Unicode alone. Rename the file.")
  static let unstableContent = DiagnosticKind(
    "archive.changed", "A file changed while it entered the archive.",
    "The archive would hold something else than the run read. Run again when the other program has finished writing.")
  static let otherInput = DiagnosticKind(
    "archive.other-input", "An input changed between the run and the writing of the archive.",
    "The archive would hold another file than the results were computed from. Run again, and do not touch the inputs "
      + "meanwhile.")
  static let damaged = DiagnosticKind(
    "snapshot.damaged", "A snapshot is not as it was written.",
    "The last 64 characters of the file are the SHA-256 of all that comes before them: a single flipped bit, a byte too "
      + "many or too few shows. Fetch the file again, from where you have another copy of it.")
  static let notCanonical = DiagnosticKind(
    "snapshot.not-canonical", "An archive is not in the one form that snapshots have.",
    "Every field of the zip format that could hide something has a fixed value, entries follow one another without a gap "
      + "and in the order of their names, and names are safe to unpack. An archive that deviates was made or changed by "
      + "another program. Nothing of it is used.")
  /// A file is no snapshot.
  public static let notASnapshot = DiagnosticKind(
    "snapshot.not-one", "A file is no snapshot, or one of a later form.",
    "A snapshot is a zip file that holds one BagIt bag with a run of the workbench in it. docs/snapshots.md says more.")
  static let openWorld = DiagnosticKind(
    "snapshot.open-world", "What a snapshot holds and what its manifests list are not the same.",
    "Every file must be listed in `manifest-sha256.txt` or `tagmanifest-sha256.txt`, and every listing must be there. The "
      + "manifests have one form: lower-case digits, two blanks, the name, in the order of the names.")
  static let wrongDigest = DiagnosticKind(
    "snapshot.wrong-digest", "A file of a snapshot does not have the digest that is given for it.",
    "Someone changed the file, or its listing, after the snapshot was made. Nothing of it is used.")
  static let contradiction = DiagnosticKind(
    "snapshot.contradiction", "Two parts of a snapshot say different things.",
    "The crate, the data package, the list of inputs and the run's record are made from one run and must agree with the "
      + "files. If they do not, the snapshot was put together by hand.")
  static let otherSnapshot = DiagnosticKind(
    "snapshot.other-id", "A snapshot is not the one that was asked for.",
    "The id is the SHA-256 of `tagmanifest-sha256.txt` and stands for all the content. Whole it may be, but it is another "
      + "one than that whose id you gave.")
  static let tooLarge = DiagnosticKind(
    "snapshot.too-large", "A part of a snapshot is larger than it can be.",
    "Lists and records have limits far above anything a run makes, so that no file can fill the memory.")

  /// The kinds that writing an archive can report.
  public static let archiveKinds = [badEntryName, unstableContent, otherInput]
  /// The kinds that reading a snapshot can report.
  public static let snapshotKinds = [
    damaged, notCanonical, notASnapshot, openWorld, wrongDigest, contradiction, otherSnapshot, tooLarge,
  ]
}
