/// The workspace of `Workspaces/durand-line`, which the program carries with it.
enum DurandLineExample {
  static let files: [(path: String, text: String)] = [
    ("workspace.yaml", PackageResources.workspace_yaml), ("README.md", PackageResources.README_md),
    ("actors.csv", PackageResources.actors_csv), ("data/events.csv", PackageResources.events_csv),
    ("data/claims.csv", PackageResources.claims_csv),
  ].map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
}
