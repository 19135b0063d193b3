"""Runs the program and the script of incident_statistics.py by turns; called by Tools/benchmark-statistics."""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

program, events, folder, rounds = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), int(sys.argv[4])
here = pathlib.Path(__file__).resolve().parent
four = {"use": "incident-statistics",
        "with": {"by": "actor1", "tables": ["summary", "trend", "dispersion", "concentration"]}}
every = {"statistics": {"use": "incident-statistics"}, "severity": {"use": "incident-severity"},
         "timing": {"use": "incident-timing"}, "space": {"use": "incident-space"}, "alerts": {"use": "alerts"},
         "index": {"use": "conflict-index"}}


def workspace(name, analyses):
    """A fresh folder with a workspace; JSON is YAML."""
    place = folder / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    text = {"workspace": 1, "name": "statistics", "seed": 1,
            "sources": {"all": {"use": "csv", "with": {"path": str(events)}}}, "analyses": analyses,
            "exports": {"tables": {"use": "tables", "to": "out"}}}
    (place / "workspace.yaml").write_text(json.dumps(text))
    return [program, "run", str(place)]


def measured(command):
    """Wall seconds and seconds of all cores."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(output.decode()[-3000:])
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime


cases = {
    "casus, the four tables by actor": lambda: workspace("four", {"incidents": four}),
    "pandas, scipy, statsmodels": lambda: [sys.executable, str(here / "incident_statistics.py"), str(events),
                                           str(folder / "peer")],
    "casus, all analyzers of incidents": lambda: workspace("every", every),
}
times = {name: [] for name in cases}
for _ in range(rounds):
    for name, command in cases.items():
        times[name].append(measured(command()))
medians = {name: [statistics.median(part) for part in zip(*runs)] for name, runs in times.items()}
print(f"{events.name}: {sum(1 for _ in open(events, 'rb')) - 1:,} events, medians of {rounds} rounds")
for name, (wall, cores) in medians.items():
    print(f"{name:36} {wall:8.3f} s  {cores:8.3f} s of all cores")
wall, peer = (medians[name][0] for name in list(cases)[:2])
print(f"the script takes {peer / wall:.1f} times as long")
