"""What public judges say: each system's OpenAPI and AsyncAPI documents, and a running server against its own documents.

Starts the server on free ports and a data folder of its own, and stops it by its pid.
Usage: check.py NADUL VENV [SEED]. A line `check NAME ok` or `check NAME FAILED` for each.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
NADUL, VENV = sys.argv[1], pathlib.Path(sys.argv[2])
SEED = sys.argv[3] if len(sys.argv) > 3 else "1"
SECONDS_A_SYSTEM = 40
READY_SECONDS = 30


def report(name, command):
    outcome = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=HERE)
    print(f"check {name} {'FAILED' if outcome.returncode else 'ok'}", flush=True)
    if outcome.returncode:
        print(outcome.stdout, flush=True)
    return outcome.returncode == 0


def started(data, log):
    """The server, and its address as it tells it in its data folder."""
    ports = ["--set", "http.gateway_port=0"]
    server = subprocess.Popen([NADUL, "run", "--data", data, *ports], stdout=log, stderr=log, cwd=data)
    told, until = pathlib.Path(data, "running.json"), time.monotonic() + READY_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            running = json.loads(told.read_text())
            urllib.request.urlopen(running["url"] + "/health/ready", timeout=5).read()
            return server, running
        except (OSError, ValueError):
            time.sleep(0.1)
    server.kill()
    sys.exit(f"the server did not get ready within {READY_SECONDS} s:\n{pathlib.Path(log.name).read_text()}")


def fetched(url, data, name):
    path = pathlib.Path(data, name)
    path.write_bytes(urllib.request.urlopen(url, timeout=10).read())
    return str(path)


def judged(running, data, system):
    base = f"{running['url']}/{system}"
    openapi = fetched(f"{base}/openapi.json", data, f"{system}.openapi.json")
    asyncapi = fetched(f"{base}/asyncapi.json", data, f"{system}.asyncapi.json")
    fuzz = [
        VENV / "bin/schemathesis", "--config-file", HERE / "schemathesis.toml", "run", f"{base}/openapi.json",
        # one worker: some versions of Python can't read a lambda's source on two threads at once
        "--max-time", str(SECONDS_A_SYSTEM), "--max-examples", "20", "--seed", SEED, "--workers", "1",
        "--request-timeout", "15", "--no-shrink", "--no-color",
    ]
    checks = {
        "openapi document": [VENV / "bin/openapi-spec-validator", openapi],
        "asyncapi document": ["node", HERE / "asyncapi.mjs", asyncapi],
        "server against its document": fuzz,
    }
    return all([report(f"{system}: {name}", command) for name, command in checks.items()])


def main():
    with tempfile.TemporaryDirectory() as data, open(os.path.join(data, "server.log"), "w") as log:
        server, running = started(data, log)
        try:
            good = all([judged(running, data, system) for system in running["systems"]])
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(timeout=60)
        stopped = code == 0
        print(f"check the server stops when it is told {'ok' if stopped else 'FAILED'}")
        good &= report("what it stored is proven", [NADUL, "check", "--data", data])
        sys.exit(0 if good and stopped else 1)


if __name__ == "__main__":
    main()
