#!/usr/bin/env python3
"""Alternates the product, the Express peer and the raw limit over short bounded runs and prints ratios. Started by run.sh."""
import argparse, json, os, re, secrets, shutil, signal, statistics, subprocess, sys, tempfile, time, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS_DIR, PEERS = os.environ["PEERS_DIR"], os.environ["PEERS"]
DATABASE, PASSWORD = "tessera_bench", "Bench-mark-2026-x"


def psql(database, *arguments):
    subprocess.run(["psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-d", database, *arguments], check=True, stdout=subprocess.DEVNULL)


def call(url, body=None):
    request = urllib.request.Request(url, data=json.dumps(body).encode() if body is not None else None, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"{}")


def resident_mb(pid):
    return int(re.search(r"^VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read(), re.M).group(1)) / 1024


def processor_seconds(root):
    """Of a process, those it started that still run, and those of them that ended."""
    children, used = {}, {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = open(f"/proc/{entry}/stat").read().rpartition(") ")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(entry))
            used[int(entry)] = sum(map(int, fields[11:15]))
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        total += used.get(pid, 0)
        waiting += children.get(pid, [])
    return total / os.sysconf("SC_CLK_TCK")


def postgres():
    """Process id of the database server all systems use."""
    return int(open(os.path.join(os.environ["PGDATA_DIR"], "postmaster.pid")).readline())


class Server:
    """A server started here, in a process group of its own, and ended by that group's id."""

    def __init__(self, name, shape, port, command, environment, folder, data):
        self.name, self.shape, self.data = name, shape, data
        self.url = f"http://127.0.0.1:{port}"
        self.command, self.environment, self.folder = command, environment, folder
        self.process = None

    def start(self):
        self.log = open(os.path.join(PEERS, f"log-{self.name}.txt"), "w")
        began = time.monotonic()
        self.process = subprocess.Popen(self.command, shell=True, executable="/bin/bash", cwd=self.folder, env={**os.environ, **self.environment},
                                        stdout=self.log, stderr=self.log, start_new_session=True)
        while self.process.poll() is None and time.monotonic() - began < 60:
            try:
                urllib.request.urlopen(self.url + "/health", timeout=2).read()
                return time.monotonic() - began
            except OSError:
                time.sleep(0.02)
        sys.exit(f"{self.name} did not start; see {self.log.name}")

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        for end in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, end)
                self.process.wait(10)
                return
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue

    def run(self, workload, seconds, connections):
        before = processor_seconds(self.process.pid), processor_seconds(postgres())
        environment = {**os.environ, "WL": workload, "SHAPE": self.shape, "DATA": self.data}
        output = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency", "-s", HERE + "/wrk.lua", self.url],
                                env=environment, capture_output=True, text=True, timeout=seconds + 40)
        found = re.search(r"^JSON (.*)$", output.stdout, re.M) or sys.exit(f"wrk failed on {self.name}: {output.stdout}{output.stderr}")
        result = json.loads(found.group(1))
        answers = max(1, result["requests"] - result["refused"])
        used = [(now - then) * 1000 / answers for now, then in zip((processor_seconds(self.process.pid), processor_seconds(postgres())), before)]
        return {"server": used[0], "database": used[1], "rps": (result["requests"] - result["refused"]) / result["duration_us"] * 1e6, "p50": result["p50_us"] / 1000, "p99": result["p99_us"] / 1000,
                "errors": result["refused"] + result["broken"]}


def product(data):
    settings = {
        "ASPNETCORE_ENVIRONMENT": "Production", "TESSERA_DEMO": "false", "PORT": "5391", "TESSERA_WEB_ROOT": "/nonexistent",
        "TESSERA_DATA_DIR": tempfile.mkdtemp(prefix="tessera-bench-"), "Tessera__SigningKey": secrets.token_urlsafe(48),
        "ConnectionStrings__Tessera": f"Host={os.environ['PGHOST']};Port={os.environ['PGPORT']};Username={os.environ['PGUSER']};Password={os.environ['PGPASSWORD']};Database={DATABASE}",
        # The limiter runs; only its numbers are those of a load test.
        "Tessera__RateLimits__UserPermitsPerMinute": "100000000", "Tessera__RateLimits__AnonymousPermitsPer15Minutes": "100000",
    }
    host = os.environ["TESSERA_HOST"]
    return Server("tessera", "tessera", 5391, "exec dotnet Tessera.Host.dll", settings, host, data)


def peer(name, data):
    spec = json.load(open(PEERS_DIR + "/systems.json"))[name]
    # The peers' settings say where their scripts are.
    os.environ["HERE"] = PEERS_DIR
    subprocess.run([PEERS_DIR + "/pg/db.sh", "fresh", spec["db"]], check=True, stdout=subprocess.DEVNULL)
    environment = {key: os.path.expandvars(value) for key, value in spec["env"].items()}
    return Server(name, "peers", spec["port"], os.path.expandvars(spec["cmd"]), environment, os.path.expandvars(spec["cwd"]), data)


def prepare(server, keep):
    """A fresh database, set up over HTTP and filled with SQL. Returns seconds from start to the first answer on the finished database."""
    exists = subprocess.run(["psql", "-XqAt", "-d", "postgres", "-c", f"select 1 from pg_database where datname = '{DATABASE}'"], capture_output=True, text=True).stdout.strip()
    if not (keep and exists):
        psql("postgres", "-c", f"drop database if exists {DATABASE} with (force)", "-c", f"create database {DATABASE}")
        server.start()
        call(server.url + "/api/v1/setup/admin", {"tenantName": "Bench 1", "slug": "bench-1", "modules": ["recruiting"], "fullName": "Admin 1", "email": "admin1@bench.test", "password": PASSWORD})
        server.stop()
        psql(DATABASE, "-f", HERE + "/seed.sql")
    return server.start()


def sign_in(server):
    """One line for each of 5,000 targets: the token of the tenant's administrator, and one of its candidates. Tokens are real: each cost a sign-in."""
    targets = {}
    rows = subprocess.run(["psql", "-XqAt", "-F", "\t", "-d", DATABASE, "-c",
                           "select t.slug, c.id from recruiting.candidate c join kernel.tenant t on t.id = c.tenant_id where c.email like 'client%' order by md5(c.id::text) limit 5000"],
                          check=True, capture_output=True, text=True).stdout.split()
    for slug, record in zip(rows[::2], rows[1::2]):
        targets.setdefault(slug, []).append(record)
    with open(server.data, "w") as file:
        for slug, records in targets.items():
            token = call(server.url + "/api/v1/auth/login", {"email": f"admin{slug[6:]}@bench.test", "password": PASSWORD, "tenant": slug})["accessToken"]
            file.writelines(f"{token}\t{record}\n" for record in records)
    lines = open(server.data).readlines()
    lines.sort(key=lambda line: line[-6:])
    open(server.data, "w").writelines(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-w", "--workloads", default="get,list,search,create")
    parser.add_argument("-p", "--peers", default="express,limit")
    parser.add_argument("-r", "--rounds", type=int, default=3)
    parser.add_argument("-d", "--seconds", type=int, default=4)
    parser.add_argument("-c", "--connections", type=int, default=64)
    parser.add_argument("--warm", type=int, default=10, help="seconds each system runs a workload before it is measured, so that none is measured while it compiles")
    parser.add_argument("--keep", action="store_true", help="use the database of the last run")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    subprocess.run([PEERS_DIR + "/pg/start.sh"], check=True, stdout=subprocess.DEVNULL)
    tokens = os.path.join(PEERS, "wrk-data.txt")
    subprocess.run([sys.executable, PEERS_DIR + "/wrk/tokens.py", tokens], check=True)
    ours = product(os.path.join(PEERS, "tessera-data.txt"))
    servers = [ours]
    try:
        first = prepare(ours, arguments.keep)
        time.sleep(8)
        print(f"First answer {first:.2f} s after start, {resident_mb(ours.process.pid):.0f} MB resident when idle.\n")
        sign_in(ours)
        for name in filter(None, arguments.peers.split(",")):
            servers.append(peer(name, tokens))
            servers[-1].start()
        print("| workload | system | answers/s (median) | min–max | p50 ms | p99 ms | server CPU ms | PostgreSQL CPU ms | errors | " + " | ".join(f"× {s.name}" for s in servers[1:]) + " |")
        print("|---|---|---|---|---|---|---|---|---|" + "---|" * len(servers[1:]))
        for workload in arguments.workloads.split(","):
            results = {server.name: [] for server in servers}
            for server in servers:
                server.run(workload, arguments.warm, arguments.connections)
            for _ in range(arguments.rounds):
                for server in servers:
                    results[server.name].append(server.run(workload, arguments.seconds, arguments.connections))
            medians = {name: {key: statistics.median(run[key] for run in runs) for key in ("rps", "p50", "p99", "server", "database")} for name, runs in results.items()}
            for name, runs in results.items():
                m, speeds = medians[name], [run["rps"] for run in runs]
                ratios = " | ".join(f"{m['rps'] / medians[s.name]['rps']:.2f}" for s in servers[1:])
                print(f"| {workload} | {name} | {m['rps']:.0f} | {min(speeds):.0f}–{max(speeds):.0f} | {m['p50']:.1f} | {m['p99']:.1f} | {m['server']:.3f} | {m['database']:.3f} | {sum(run['errors'] for run in runs)} | {ratios} |", flush=True)
        print(f"\n{resident_mb(ours.process.pid):.0f} MB resident after the load.")
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(ours.environment["TESSERA_DATA_DIR"], ignore_errors=True)


main()
