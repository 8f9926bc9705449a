"""Runs the mesh on real brokers: what scripts/brokers-check calls.

Each broker is started on free ports of loopback with a temporary folder of its own, walked through, and ended by its
process id; nothing of the system's is touched. What was found is compared with the table in docs/brokers.md.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Debian keeps servers where a user's path doesn't lead.
os.environ["PATH"] += ":/usr/sbin:/sbin"

SITE = """site: home
zones:
  hall: {bars: [a, b], sensors: {a/eye: first}, hold: 5s, look: {brightness: 60%, colour: 2700K}}
"""
COLUMNS = ["apply", "motion", "on", "auto", "new node", "gone", "status", "health"]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def is_open(port):
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0


def until(condition, seconds):
    """Whether a condition comes true within so many seconds."""
    end = time.monotonic() + seconds
    while True:
        if condition():
            return True
        if time.monotonic() >= end:
            return False
        time.sleep(0.2)


class Processes:
    """What was started, each in a session of its own, so that its children end with it."""

    def __init__(self, log):
        self.log = open(log, "ab")
        self.all = []

    def start(self, *command, **environment):
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            start_new_session=True, env={**os.environ, **{name: str(value) for name, value in environment.items()}})
        self.all.append(process)
        return process

    @staticmethod
    def signal(process, number):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            pass

    def end(self):
        for process in reversed(self.all):
            self.signal(process, signal.SIGTERM)
        end = time.monotonic() + 10
        for process in self.all:
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            # What it left behind, too.
            self.signal(process, signal.SIGKILL)
            process.wait()
        self.log.close()


class Broker:
    """A broker that can be started: `program` is where it is, `None` if it isn't here."""

    name = version = program = None
    login = None

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path


def debian(package):
    said = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    return said.stdout.split("-")[0].split("+")[0].split(":")[-1] or "?"


class Mosquitto(Broker):
    name, program = "mosquitto", shutil.which("mosquitto")

    def start(self, processes):
        self.version = debian("mosquitto")
        user = "user root\n" if os.geteuid() == 0 else ""
        text = f"listener {self.port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n{user}"
        processes.start(self.program, "-c", self.write("mosquitto.conf", text))


class Ejabberd(Broker):
    name = "ejabberd"
    program = shutil.which("erl") if shutil.which("ejabberdctl") else None
    login = ("footlight@localhost", "secret")

    def start(self, processes):
        self.version = debian("ejabberd")
        config = self.write("ejabberd.yml", f"""hosts: [localhost]
loglevel: warning
auth_method: internal
listen: [{{port: {self.port}, ip: "127.0.0.1", module: mod_mqtt}}]
modules: {{mod_mqtt: {{}}}}
""")
        # Without a name it is no node of Erlang's, and opens no other port. Its own libraries are where Debian has them.
        libraries = next(Path("/usr/lib").glob("**/ejabberd-*/ebin"), Path("/usr/lib/erlang/lib/x/ebin")).parent.parent
        processes.start(
            self.program, "-noinput", "-mnesia", "dir", f'"{self.folder}/data"', "-s", "ejabberd", "-eval",
            'ejabberd_auth:try_register(<<"footlight">>, <<"localhost">>, <<"secret">>).',
            EJABBERD_CONFIG_PATH=config, EJABBERD_LOG_PATH=self.folder / "ejabberd.log", ERL_LIBS=libraries,
            HOME=self.folder)


class NATS(Broker):
    name, program = "NATS", shutil.which("nats-server")

    def start(self, processes):
        self.version = debian("nats-server")
        processes.start(self.program, "-c", self.write("nats.conf", f"""server_name: check
listen: "127.0.0.1:{free_port()}"
jetstream {{store_dir: "{self.folder}/data"}}
mqtt {{host: "127.0.0.1", port: {self.port}}}
"""))


class RabbitMQ(Broker):
    name = "RabbitMQ"
    # The one in the path changes its user and reads the system's configuration.
    program = next((str(path) for path in [Path("/usr/lib/rabbitmq/bin/rabbitmq-server")] if path.exists()), None)

    def start(self, processes):
        self.version = debian("rabbitmq-server")
        ports = {"ERL_EPMD_PORT": free_port(), "ERL_EPMD_ADDRESS": "127.0.0.1", "HOME": self.folder}
        processes.start("epmd", **ports)
        until(lambda: is_open(ports["ERL_EPMD_PORT"]), 10)
        processes.start(
            self.program, **ports, RABBITMQ_NODENAME="check@localhost", RABBITMQ_DIST_PORT=free_port(),
            RABBITMQ_MNESIA_BASE=self.folder / "data", RABBITMQ_LOG_BASE=self.folder / "log",
            RABBITMQ_PID_FILE=self.folder / "pid",
            RABBITMQ_ENABLED_PLUGINS_FILE=self.write("plugins", "[rabbitmq_mqtt].\n"),
            RABBITMQ_CONFIG_FILE=self.write("rabbitmq.conf", f"""listeners.tcp.local = 127.0.0.1:{free_port()}
mqtt.listeners.tcp.local = 127.0.0.1:{self.port}
mqtt.allow_anonymous = true
"""))


class AMQTT(Broker):
    name = "amqtt"

    def start(self, processes):
        said = subprocess.run([Path(self.program).parent / "pip", "show", "amqtt"], capture_output=True, text=True)
        self.version = next(line for line in said.stdout.splitlines() if line.startswith("Version: "))[9:]
        processes.start(self.program, "-c", self.write("amqtt.yaml", f"""listeners:
  default: {{type: tcp, bind: "127.0.0.1:{self.port}"}}
plugins:
  amqtt.plugins.authentication.AnonymousAuthPlugin: {{allow_anonymous: true}}
"""))


class Walk:
    """What people do with a mesh of two nodes, one step after another."""

    def __init__(self, broker, programs, processes):
        self.folder = broker.folder
        self.programs = programs
        self.processes = processes
        self.address = f"mqtt://127.0.0.1:{broker.port}"
        self.login = []
        access = ""
        if broker.login:
            password = broker.write("password", broker.login[1] + "\n")
            password.chmod(0o600)
            self.login = ["--username", broker.login[0], "--password-file", str(password)]
            access = f"username: {broker.login[0]}\npasswordFile: {password}\n"
        for node, parts in [("a", "sensors: [{name: eye, input: simulated}]\n"), ("b", "")]:
            broker.write(f"{node}.yaml", f"""site: home
node: {node}
brokers: ["{self.address}"]
{access}state: {self.folder}/state-{node}
bars: [{{name: bar, channels: white, output: {{driver: trace, path: {self.folder}/{node}.jsonl}}}}]
{parts}""")
            (self.folder / f"state-{node}").mkdir()
        broker.write("site.yaml", SITE)

    def footlight(self, *arguments, seconds=40):
        """The exit code and what was said."""
        try:
            done = subprocess.run(
                [self.programs / "footlight", *arguments, "--broker", self.address, *self.login], capture_output=True,
                text=True, timeout=seconds, env={**os.environ, "FOOTLIGHT_SITE": "home"})
            if done.returncode:
                print(f"  footlight {' '.join(arguments)}: {done.returncode}: {done.stderr.strip()[:400]}", file=sys.stderr)
            return done.returncode, done.stdout
        except subprocess.TimeoutExpired:
            return None, ""

    def agent(self, node):
        return self.processes.start(self.programs / "footlight-agent", "--config", self.folder / f"{node}.yaml")

    def light(self, node):
        """The lightness that a node's bar shows: the last whole line of its trace."""
        path = self.folder / f"{node}.jsonl"
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        return json.loads(lines[-1])["lightness"] if lines else 0

    def shows(self, is_lit, seconds=10):
        return until(lambda: all((self.light(node) > 0.5) == is_lit for node in "ab"), seconds)

    def state(self, node):
        code, said = self.footlight("get", "nodes", "--json")
        return {row["node"]: row["state"] for row in json.loads(said)}.get(node) if code == 0 else None

    def motion(self):
        return self.footlight("trigger", "a/eye")[0] == 0 and self.shows(True) and self.shows(False, 20)

    def run(self, lacks_memory):
        steps = {}
        self.agent("a")
        second = self.agent("b")
        output = self.folder / "output"
        until(lambda: output.read_text(errors="replace").count(f"connected to {self.address}") >= 2, 40)
        steps["apply"] = self.footlight("apply", str(self.folder / "site.yaml"))[0] == 0
        steps["motion"] = self.motion()
        steps["on"] = self.footlight("on", "hall")[0] == 0 and self.shows(True)
        steps["auto"] = self.footlight("auto", "hall")[0] == 0 and self.shows(False)
        # Killed, it can't say farewell: its will does.
        Processes.signal(second, signal.SIGKILL)
        second.wait()
        steps["gone"] = until(lambda: self.state("b") == "offline", 20)
        # It knows nothing any more, so that all it does it has from the broker.
        shutil.rmtree(self.folder / "state-b")
        (self.folder / "state-b").mkdir()
        (self.folder / "b.jsonl").unlink(missing_ok=True)
        self.agent("b")
        steps["status"] = until(lambda: self.state("b") == "online", 20)
        steps["new node"] = until(self.motion, 60)
        until(lambda: self.footlight("health")[0] == (1 if lacks_memory else 0), 20)
        code, said = self.footlight("health", "--json")
        problems = json.loads(said)["problems"] if said else []
        if code == 0:
            steps["health"] = "healthy"
        else:
            steps["health"] = "names it" if any("keeps no retained" in line for line in problems) else f"says {problems}"
        return {step: {True: "yes", False: "no"}.get(found, found) for step, found in steps.items()}

    def lacks(self):
        """What `footlight broker check` doesn't find."""
        code, said = self.footlight("broker", "check", "--json", seconds=120)
        if not said:
            return ["everything"]
        return [row["ability"] for row in json.loads(said)["abilities"] if row["has"] is not True]


def examine(kind, programs, keep):
    """A row of the table: what the mesh does on a broker."""
    home = Path(tempfile.mkdtemp(prefix="footlight-broker-"))
    processes = Processes(home / "output")
    try:
        broker = kind(home)
        broker.start(processes)
        if not until(lambda: is_open(broker.port), 60):
            tail = (home / "output").read_text(errors="replace")[-1500:]
            print(f"{kind.name} takes no connections within 60 s:\n{tail}", file=sys.stderr)
            return broker.version, ["doesn't start"] * (len(COLUMNS) + 1)
        walk = Walk(broker, programs, processes)
        # Its port may be open before its users are there.
        until(lambda: walk.footlight("broker", "check", seconds=120)[0] in (0, 1), 20)
        lacks = walk.lacks()
        steps = walk.run("retained, by wildcard" in lacks)
        return broker.version, [steps[column] for column in COLUMNS] + [", ".join(lacks) or "nothing"]
    finally:
        processes.end()
        if keep:
            shutil.copytree(home, keep / kind.name, dirs_exist_ok=True)
        shutil.rmtree(home, ignore_errors=True)


def expected(table):
    """The rows of the document's table, by broker."""
    rows = {}
    for line in Path(table).read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == len(COLUMNS) + 3:
            rows[cells[0]] = cells[2:]
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--amqtt", type=Path)
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="a folder for logs and traces")
    parser.add_argument("brokers", nargs="*", help="only these")
    options = parser.parse_args()
    AMQTT.program = options.amqtt if options.amqtt and options.amqtt.exists() else None
    wanted = expected(options.table)
    differences, ran = [], 0
    # Whatever ends this ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print(f"| broker | version | {' | '.join(COLUMNS)} | lacks |")
    print("|---" * (len(COLUMNS) + 3) + "|", flush=True)
    for kind in [Mosquitto, Ejabberd, NATS, RabbitMQ, AMQTT]:
        if options.brokers and kind.name.lower() not in [name.lower() for name in options.brokers]:
            continue
        if not kind.program:
            print(f"skipped: {kind.name} isn't installed here", file=sys.stderr, flush=True)
            continue
        version, row = examine(kind, options.programs, options.keep)
        ran += 1
        print(f"| {kind.name} | {version} | {' | '.join(row)} |", flush=True)
        if wanted.get(kind.name) != row:
            differences.append(f"{kind.name}: {options.table} has {wanted.get(kind.name)}, and this is {row}")
    for difference in differences:
        print(difference, file=sys.stderr)
    if not ran:
        print("no broker ran: install one of them", file=sys.stderr)
    sys.exit(1 if differences or not ran else 0)


if __name__ == "__main__":
    main()
