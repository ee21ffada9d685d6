"""Runs the product and the peers in turns and prints medians in ratios: only those of one run on one machine mean anything."""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

PEERS = ["sheetjs", "exceljs", "exceljs-stream"]


def measured(command, folder):
    """The line of JSON a command prints, with its peak memory in MB."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} failed")
    # Among them may be what a server logs.
    line = next(line for line in reversed(out.decode().splitlines()) if line.startswith('{"lib"'))
    return json.loads(line) | {"mb": round(usage.ru_maxrss / 1024)}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("dll")
    options.add_argument("-r", "--rounds", type=int, default=3)
    options.add_argument("-p", "--peers", default="exceljs-stream", help=f"comma-separated: {', '.join(PEERS)}")
    options.add_argument("-w", "--what", default="write,read,import")
    options.add_argument("-n", "--noun", default="recruiting/candidates", help="what is imported: also production/students, production/projects")
    options.add_argument("--packages", help="folder with the peers' node_modules; installed into a temporary one otherwise")
    chosen = options.parse_args()
    chosen.dll = os.path.abspath(chosen.dll)
    peers = chosen.peers.split(",")
    script = os.path.join(os.environ["PEERS_DIR"], "xlsx", "bench.js")
    with tempfile.TemporaryDirectory() as work:
        folder = chosen.packages or work
        if not os.path.isdir(os.path.join(folder, "node_modules")):
            with open(os.path.join(folder, "package.json"), "w", encoding="utf-8") as file:
                json.dump({"private": True, "dependencies": {"xlsx": "0.18.5", "exceljs": "4.4.0"}, "overrides": {"typedarray.prototype.slice": "<1.0.6"}}, file)
            subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        found = {}
        for _ in range(chosen.rounds):
            for op in [w for w in chosen.what.split(",") if w != "import"]:
                # Everybody reads the file that exceljs wrote as a stream.
                file = os.path.join(work, "exceljs-stream.xlsx") if op == "read" else None
                for lib in [*peers, "tessera"]:
                    target = file or os.path.join(work, f"{lib}.xlsx")
                    command = ["dotnet", chosen.dll, op, target] if lib == "tessera" else ["node", "--max-old-space-size=4096", script, lib, op, target]
                    found.setdefault((op, lib), []).append(measured(command, folder))
        print("| op | library | seconds | of exceljs-stream | peak MB |\n|---|---|---|---|---|")
        for (op, lib), runs in found.items():
            seconds = statistics.median(r["seconds"] for r in runs)
            base = statistics.median(r["seconds"] for r in found.get((op, "exceljs-stream"), runs))
            print(f"| {op} | {lib} | {seconds:.2f} | {seconds / base:.2f} | {round(statistics.median(r['mb'] for r in runs))} |")
        if "import" in chosen.what:
            run = measured(["dotnet", chosen.dll, "import", chosen.noun], folder)
            print(f"\nImport of {run['rows']} new {run['noun']} with 12 columns, {run['peakMb']} MB at most:\n\n| step | seconds | CPU seconds of the host | of PostgreSQL |\n|---|---|---|---|")
            for step in ["upload", "check", "apply"]:
                print(f"| {step} | {run[step]} | {run[step + 'Cpu']['host']} | {run[step + 'Cpu']['postgres']} |")


if __name__ == "__main__":
    main()
