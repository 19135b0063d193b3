"""Measures Casus side by side with its peers; called by Tools/benchmark. Prints tables; nothing here passes or fails."""
import argparse
import itertools
import json
import multiprocessing
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

import gdelt

here = pathlib.Path(__file__).resolve().parent
parser = argparse.ArgumentParser()
parser.add_argument("--folder", type=pathlib.Path, required=True)
parser.add_argument("--casus", required=True)
parser.add_argument("--generator", required=True)
parser.add_argument("--workspaces", type=pathlib.Path, required=True)
parser.add_argument("--rows", type=int, default=5_000_000)
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--gdelt-bytes", type=int, default=1_000_000_000)
parser.add_argument("--data", type=pathlib.Path, help="a folder with published files: gdelt/*.zip, ucdp/ged-*.csv")
parser.add_argument("--cases", default="panel,gdelt,scaling,cache,waiting", help="what to measure, comma-separated")
parser.add_argument("--peers", default="polars,duckdb,pandas", help="which peers to run, comma-separated")
parser.add_argument("--peers-only", action="store_true")
options = parser.parse_args()


def measure(command):
    """Wall seconds, seconds of all cores and peak bytes of a program; its output goes to a log."""
    with open(options.folder / "log", "wb") as log:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{(options.folder / 'log').read_text()[-2000:]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def warm(file):
    """Brings a file into the page cache, for all alike; the peak of a program counts what its parent held."""
    with open(file, "rb", buffering=0) as opened:
        while opened.read(1 << 20):
            pass


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


def gdelt_workspace():
    """A folder with a file as GDELT publishes them, and a workspace that makes its panel."""
    published = sorted(options.data.glob("gdelt/*.export.CSV.zip")) if options.data else []
    folder = options.folder / f"gdelt-{options.gdelt_bytes}-{'published' if published else 'invented'}"
    events = folder / "events.export.CSV"
    if not events.exists():
        folder.mkdir(parents=True, exist_ok=True)
        gdelt.write(folder / "events.part", options.gdelt_bytes, options.seed, *published[:1])
        (folder / "events.part").rename(events)
    (folder / "workspace.yaml").write_text(
        "workspace: 1\nname: gdelt\n"
        "sources: {events: {use: gdelt, with: {path: events.export.CSV}}}\n"
        "analyses: {panel: {use: panel, with: {unit: directed-dyad, period: month}}}\n"
        "exports: {tables: {use: tables, to: out}}\n")
    return folder, events


def contenders(task, folder, events):
    commands = {}
    if not options.peers_only:
        commands["casus"] = ([options.casus, "run", "--fresh", folder], folder / "out/panel/panel.csv")
    for peer in filter(None, options.peers.split(",")):
        panel = folder / f"{peer}.csv"
        commands[peer] = ([sys.executable, here / "peers.py", task, peer, events, panel], panel)
    return commands


QUADS = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
# What is compared of a panel, by task.
COMPARED = {
    "panel": ["events", *QUADS, "fatalities_best", "goldstein_sum"],
    "gdelt": ["events", *QUADS, "goldstein_sum"],
    "ucdp": ["events", "fatalities_low", "fatalities_best", "fatalities_high"],
}


def compare(panels, task):
    """Says whether the panels are the same, cell by cell, sums of the Goldstein score to one decimal."""
    import polars as pl

    keys = ["period", "actor1", "actor2"]
    first = None
    for name, path in panels.items():
        # A month is 2018-01-01 or 201801.
        frame = pl.read_csv(path, schema_overrides={key: pl.String for key in keys}).select(
            pl.col("period").str.replace_all("-", "").str.slice(0, 6), "actor1", "actor2",
            *[(pl.col(number) * 10).round().cast(pl.Int64) for number in COMPARED[task]]).sort(keys)
        sums = frame.select(pl.col(COMPARED[task]).sum() / 10).row(0)
        print(f"  {name:7} {frame.height:>10,} rows  "
              + "  ".join(f"{number} {value:,.10g}" for number, value in zip(COMPARED[task], sums)))
        if first is None:
            first = name, frame
        elif not frame.equals(first[1]):
            sys.exit(f"the panels of {first[0]} and {name} differ")
    print("  all cells equal")


def judge(panels, task):
    """Compares panels in a process of its own, so that what it holds counts for no program measured after it."""
    process = multiprocessing.Process(target=compare, args=(panels, task))
    process.start()
    process.join()
    if process.exitcode != 0:
        sys.exit(1)


def side_by_side(task, title, folder, events):
    """Runs all contenders in turn, prints medians and ratios, and compares the panels."""
    commands = contenders(task, folder, events)
    print(f"\n## {title}, {events.stat().st_size / 1e6:.0f} MB -> panel by directed dyad and month -> CSV\n")
    print(f"{options.rounds} rounds, in turn; medians. Casus hashes its input (SHA-256), the peers do not.\n")
    results = {name: [] for name in commands}
    warm(events)
    for _ in range(options.rounds):
        for name, (command, _) in commands.items():
            results[name].append(measure(command))
    seconds, work, peak = (
        {name: statistics.median(run[part] for run in runs) for name, runs in results.items()} for part in range(3))
    print("| program | seconds | fastest | of all cores | peak MB | seconds / casus | of all cores / casus "
          "| memory / casus |\n|---|---|---|---|---|---|---|---|")
    for name in commands:
        ratios = " | ".join(
            f"{measured[name] / measured['casus']:.2f}" if "casus" in measured else "-"
            for measured in (seconds, work, peak))
        print(f"| {name} | {seconds[name]:.2f} | {min(r[0] for r in results[name]):.2f} | {work[name]:.2f} | "
              f"{peak[name] / 1e6:.0f} | {ratios} |")
    print()
    sys.stdout.flush()
    judge({name: path for name, (_, path) in commands.items()}, task)


def scaling():
    """What twice the rows cost."""
    runs = {}
    for rows in (options.rows, 2 * options.rows):
        folder = panel_workspace(rows)
        warm(folder / "events.csv")
        runs[rows] = [measure([options.casus, "run", "--fresh", folder]) for _ in range(options.rounds)]
    seconds = {rows: statistics.median(r[0] for r in results) for rows, results in runs.items()}
    print("\n## Twice the rows\n\n| rows | seconds | fastest | peak MB |\n|---|---|---|---|")
    for rows, results in runs.items():
        print(f"| {rows:,} | {seconds[rows]:.2f} | {min(r[0] for r in results):.2f} | "
              f"{statistics.median(r[2] for r in results) / 1e6:.0f} |")
    print(f"\nFactor {seconds[2 * options.rows] / seconds[options.rows]:.2f}; to reach: at most 2.2.")


def step_seconds(folder):
    """How long the steps took in the last run of a workspace, by their kind."""
    timing = max(folder.glob(".casus/runs/*/timing.json"))
    return {step["kind"]: step["seconds"] or 0 for step in json.loads(timing.read_text())["steps"]}


def cache():
    """Reading events from the file, against loading the columns kept of them: what a run takes beside its other steps."""
    folder = panel_workspace(options.rows)
    warm(folder / "events.csv")
    workspace = (folder / "workspace.yaml").read_text()
    read, loaded = [], []
    for _ in range(options.rounds):
        measure([options.casus, "run", "--fresh", folder])
        read.append(step_seconds(folder)["source"])
        (folder / "workspace.yaml").write_text(workspace.replace("period: month", "period: year"))
        seconds = measure([options.casus, "run", folder])[0]
        loaded.append(seconds - sum(step_seconds(folder).values()))
        (folder / "workspace.yaml").write_text(workspace)
    ratio = statistics.median(read) / statistics.median(loaded)
    print(f"\n## Events kept from an earlier run\n\n| {options.rows:,} events | seconds |\n|---|---|\n"
          f"| read from CSV | {statistics.median(read):.3f} |\n| loaded from the cache | {statistics.median(loaded):.3f} |\n\n"
          f"Factor {ratio:.1f}; to reach: at least 10.")


def country():
    """UCDP's events of one country, where the file is at hand, else as many invented ones."""
    published = sorted(options.data.glob("ucdp/ged-*.csv")) if options.data else []
    if not published:
        return panel_workspace(24_000), "24,000 events, 3.5 MB"
    folder = options.folder / "country"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(published[0], folder / "events.csv")
    (folder / "workspace.yaml").write_text(
        "workspace: 1\nname: country\nsources: {ged: {use: ucdp, with: {path: events.csv}}}\n"
        "analyses: {panel: {use: panel, with: {period: month}}}\nexports: {tables: {use: tables, to: out}}\n")
    return folder, f"UCDP of a country, {published[0].stat().st_size / 1e6:.1f} MB"


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
    small, small_title = country()
    for folder in (quiet, fifty, small):
        measure([options.casus, "run", folder])
    if small.name == "country":
        print("\n## UCDP of a country\n")
        measure([sys.executable, here / "peers.py", "ucdp", "polars", small / "events.csv", small / "polars.csv"])
        judge({"casus": small / "out/panel/panel.csv", "polars": small / "polars.csv"}, "ucdp")
    wrapper = options.workspaces.parent / "Tools/casus"
    cases = [
        ("casus --version", [options.casus, "--version"], 20),
        ("Tools/casus --version", [wrapper, "--version"], 40),
        ("a run with nothing to do", [options.casus, "run", quiet], 50),
        ("50 cached steps", [options.casus, "run", fifty], 100),
        ("check of 2,000 lines", [options.casus, "check", long], 200),
        (small_title, [options.casus, "run", "--fresh", small], 100),
    ]
    print("\n## Waiting\n\n| what | median ms | slowest | to reach |\n|---|---|---|---|")
    for title, command, target in cases:
        report = options.folder / "hyperfine.json"
        subprocess.run(
            ["hyperfine", "-N", "--warmup", "5", "--runs", "50", "--style", "none", "--export-json", report,
             " ".join(map(str, command))], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        result = json.loads(report.read_text())["results"][0]
        print(f"| {title} | {result['median'] * 1000:.1f} | {result['max'] * 1000:.1f} | under {target} |")


cases = options.cases.split(",")
if "panel" in cases:
    events = panel_workspace(options.rows) / "events.csv"
    side_by_side("panel", f"{options.rows:,} events of CSV", events.parent, events)
if "gdelt" in cases:
    side_by_side("gdelt", "GDELT 2.0", *gdelt_workspace())
if not options.peers_only:
    for case in (scaling, cache, waiting):
        if case.__name__ in cases:
            case()
