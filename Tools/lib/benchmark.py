"""Measures Casus side by side with its peers; called by Tools/benchmark. Prints tables; nothing here passes or fails."""
import argparse
import itertools
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

here = pathlib.Path(__file__).resolve().parent
parser = argparse.ArgumentParser()
parser.add_argument("--folder", type=pathlib.Path, required=True)
parser.add_argument("--casus", required=True)
parser.add_argument("--generator", required=True)
parser.add_argument("--workspaces", type=pathlib.Path, required=True)
parser.add_argument("--rows", type=int, default=5_000_000)
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--peers", default="polars,duckdb,pandas", help="which peers to run, comma-separated")
parser.add_argument("--peers-only", action="store_true")
options = parser.parse_args()


def measure(command):
    """Wall seconds and peak bytes of a program and its exit code; its output goes to a log."""
    with open(options.folder / "log", "wb") as log:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{(options.folder / 'log').read_text()[-2000:]}")
    return seconds, usage.ru_maxrss * 1024


def panel_workspace(rows):
    """A folder with the events and a workspace that makes their panel."""
    folder = options.folder / f"panel-{rows}"
    events = folder / "events.csv"
    if not events.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "events.part", "wb") as part:
            subprocess.run([options.generator, str(rows), str(options.seed)], stdout=part, check=True)
        (folder / "events.part").rename(events)
    (folder / "workspace.yaml").write_text(
        "workspace: 1\nname: panel\n"
        "sources: {events: {use: csv, with: {path: events.csv, directed: true, ontology: cameo}}}\n"
        "analyses: {panel: {use: panel, with: {unit: directed-dyad, period: month}}}\n"
        "exports: {tables: {use: tables, to: out}}\n")
    return folder


def contenders(folder):
    events = folder / "events.csv"
    commands = {}
    if not options.peers_only:
        commands["casus"] = ([options.casus, "run", "--fresh", folder], folder / "out/panel/panel.csv")
    for peer in filter(None, options.peers.split(",")):
        panel = folder / f"{peer}.csv"
        commands[peer] = ([sys.executable, here / "peers.py", peer, events, panel], panel)
    return commands


def compare(panels):
    """Says whether the panels are the same, cell by cell, sums of the Goldstein score to six decimals."""
    import polars as pl

    columns = [
        "period", "actor1", "actor2", "events", "fatalities_best", "verbal_cooperation", "material_cooperation",
        "verbal_conflict", "material_conflict", "goldstein_sum"]
    first = None
    for name, path in panels.items():
        frame = pl.read_csv(path).select(columns).with_columns(
            pl.col("period").cast(pl.String).str.slice(0, 10),
            pl.col(columns[3:9]).cast(pl.Int64), (pl.col("goldstein_sum") * 10).round().cast(pl.Int64),
        ).sort(columns[:3])
        sums = frame.select(pl.col(columns[3:]).sum()).row(0)
        print(f"  {name:7} {frame.height:>10,} rows  events {sums[0]:,}  fatalities {sums[1]:,}  "
              f"quads {'/'.join(map(str, sums[2:6]))}  goldstein {sums[6] / 10}")
        if first is None:
            first = name, frame
        elif not frame.equals(first[1]):
            sys.exit(f"the panels of {first[0]} and {name} differ")
    print("  all cells equal")


def side_by_side():
    folder = panel_workspace(options.rows)
    commands = contenders(folder)
    size = (folder / "events.csv").stat().st_size
    print(f"## {options.rows:,} events, {size / 1e6:.0f} MB of CSV -> panel by directed dyad and month -> CSV\n")
    print(f"{options.rounds} rounds, in turn; medians. Casus hashes its input (SHA-256), the peers do not.\n")
    results = {name: [] for name in commands}
    (folder / "events.csv").read_bytes()  # into the page cache, for all alike
    for _ in range(options.rounds):
        for name, (command, _) in commands.items():
            results[name].append(measure(command))
    seconds = {name: statistics.median(r[0] for r in runs) for name, runs in results.items()}
    peak = {name: statistics.median(r[1] for r in runs) for name, runs in results.items()}
    print("| program | seconds | fastest | peak MB | time / casus | memory / casus |\n|---|---|---|---|---|---|")
    for name in commands:
        ratios = (f"{seconds[name] / seconds['casus']:.2f} | {peak[name] / peak['casus']:.2f}"
                  if "casus" in seconds else "- | -")
        print(f"| {name} | {seconds[name]:.2f} | {min(r[0] for r in results[name]):.2f} | "
              f"{peak[name] / 1e6:.0f} | {ratios} |")
    print()
    compare({name: path for name, (_, path) in commands.items()})
    return seconds


def scaling(once):
    folder = panel_workspace(options.rows * 2)
    (folder / "events.csv").read_bytes()
    command, _ = contenders(folder)["casus"]
    runs = [measure(command) for _ in range(3)]
    twice = statistics.median(r[0] for r in runs)
    print(f"\n## Twice the rows\n\n| rows | seconds | peak MB |\n|---|---|---|\n| {options.rows:,} | {once:.2f} | |\n"
          f"| {options.rows * 2:,} | {twice:.2f} | {statistics.median(r[1] for r in runs) / 1e6:.0f} |\n\n"
          f"Factor {twice / once:.2f}.")


def fifty_steps():
    """A workspace of 50 analyses over the Durand Line events."""
    folder = options.folder / "fifty-steps"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(options.workspaces / "durand-line/data", folder / "data")
    units = ["dyad", "directed-dyad", "actor", "admin1", "country"]
    periods = ["day", "week", "month", "quarter", "year"]
    steps = "".join(
        f"  {unit}-{period}-{fill}: {{use: panel, with: {{unit: {unit}, period: {period}, zero_fill: {fill}}}}}\n"
        for unit, period, fill in itertools.product(units, periods, ["none", "covered"]))
    (folder / "workspace.yaml").write_text(
        "workspace: 1\nname: fifty-steps\n"
        "sources: {coded: {use: csv, with: {path: data/events.csv, directed: true, ontology: cameo}}}\n"
        f"analyses:\n{steps}")
    return folder


def long_workspace():
    """A workspace file of 2,000 lines."""
    folder = options.folder / "long-workspace"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(options.workspaces / "durand-line/data", folder / "data")
    head = ["workspace: 1", "name: long-workspace", "sources:", "  coded:", "    use: csv",
            "    with: {path: data/events.csv, directed: true, ontology: cameo}", "analyses:"]
    step = ["  step-{}:", "    use: panel", "    with:", "      unit: directed-dyad", "      period: month"]
    lines = head + [line.format(n) for n in range((2000 - len(head)) // len(step)) for line in step]
    (folder / "workspace.yaml").write_text("\n".join(lines + ["# the end"] * (2000 - len(lines))) + "\n")
    return folder


def waiting():
    """What a person waits for when there is nothing to do."""
    quiet = options.folder / "no-op"
    shutil.rmtree(quiet, ignore_errors=True)
    shutil.copytree(options.workspaces / "durand-line", quiet, ignore=shutil.ignore_patterns("out", ".casus"))
    fifty, long = fifty_steps(), long_workspace()
    for folder in (quiet, fifty):
        measure([options.casus, "run", folder])
    wrapper = options.workspaces.parent / "Tools/casus"
    cases = [
        ("casus --version", [options.casus, "--version"], 20),
        ("Tools/casus --version", [wrapper, "--version"], 40),
        ("a run with nothing to do", [options.casus, "run", quiet], 50),
        ("50 cached steps", [options.casus, "run", fifty], 100),
        ("check of 2,000 lines", [options.casus, "check", long], 200),
    ]
    print("\n## Waiting\n\n| what | median ms | slowest | to reach |\n|---|---|---|---|")
    for title, command, target in cases:
        report = options.folder / "hyperfine.json"
        subprocess.run(
            ["hyperfine", "-N", "--warmup", "5", "--runs", "50", "--style", "none", "--export-json", report,
             " ".join(map(str, command))], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        result = json.loads(report.read_text())["results"][0]
        print(f"| {title} | {result['median'] * 1000:.1f} | {result['max'] * 1000:.1f} | under {target} |")


seconds = side_by_side()
if not options.peers_only:
    scaling(seconds["casus"])
    waiting()
