"""A real installation for one test session: the small demo city, a web process, a worker, and how to sign in to it."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

GONGJIA = Path(sys.executable).with_name("gongjia")
ROLES = {
    "chief": "局领导（云川市）", "assets": "资产管理员（云川市）", "space": "办公用房管理员", "fleet": "公务用车管理员",
    "dispatcher": "车辆调度员", "inspector": "监督检查员", "auditor": "审计员", "system": "系统管理员", "county": "资产管理员（石桥县）",
    "audit": "审计管理员", "requester": "申请人（", "head": "单位负责人（云川市水务局", "bureau": "资产管理员（云川市机关事务管理局",
    "bureau_head": "单位负责人（云川市机关事务管理局", "office": "资产管理处", "finance": "财政部门", "repair": "维修人员",
}  # fmt: skip
PASSWORD = "石桥-清溪-望溪-2026"
PATIENCE = 60.0


def environment(home: Path) -> dict[str, str]:
    """Return the environment of an installation in `home`: the product's own settings, whatever the tests run under."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGJIA_", "DATABASE_URL", "DJANGO_"))}
    return {**kept, "GONGJIA_HOME": str(home), "GONGJIA_DEMO": "1", "GONGJIA_LOG": "WARNING"}


def command(home: Path, *arguments: str, typed: str = "") -> str:
    """Run one `gongjia` command to its end and return what it printed."""
    done = subprocess.run([GONGJIA, *arguments], env=environment(home), input=typed, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"gongjia {' '.join(arguments)}: {done.returncode}\n{done.stderr}"
    return done.stdout


def template(folder: Path) -> Path:
    """Return a home with the swept small city, built once for all processes that share `folder`."""
    home = folder / "template"
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "template.built").exists():
            home.mkdir(mode=0o700, exist_ok=True)
            command(home, "demo", "--small", "--no-links")
            command(home, "user", "add", "locked", typed=f"{PASSWORD}\n")
            command(home, "user", "password", "auditor", typed=f"{PASSWORD}\n")
            (folder / "template.built").touch()
    return home


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """A running installation; `links` are the unused one-time addresses by account."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.links: dict[str, str] = {}
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> Site:
        """Start web and worker and wait until a page comes."""
        with (self.home / "processes.log").open("ab") as log:
            for arguments in (["serve", "--port", str(self.port)], ["worker"]):
                made = subprocess.Popen([GONGJIA, *arguments], env=environment(self.home), stdout=log, stderr=log, start_new_session=True)
                self.processes.append(made)
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.processes[0].poll() is None and time.monotonic() < deadline, self.log()
            time.sleep(0.1)
        return self

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/sign-in/", timeout=PATIENCE) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def log(self) -> str:
        """Return what the processes have said."""
        return (self.home / "processes.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End the processes that this object started, and nothing else."""
        for made in self.processes:
            os.killpg(made.pid, signal.SIGTERM)
        for made in self.processes:
            try:
                made.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(made.pid, signal.SIGKILL)

    def link(self, account: str) -> str:
        """Return an unused one-time sign-in address of a demo account."""
        if account not in self.links:
            self.links = self.fresh_links()
        return self.links.pop(account)

    def fresh_links(self) -> dict[str, str]:
        printed = command(self.home, "demo", "--url", self.url)
        pairs = re.findall(r"^  (\S+)  \S+\n    (\S+)$", printed, re.MULTILINE)
        return {account: url for account, role in ROLES.items() for label, url in pairs if label.startswith(role)}


def installed(folder: Path, template_home: Path) -> Site:
    """Return a site over a copy of the template."""
    home = folder / "home"
    shutil.copytree(template_home, home)
    return Site(home)
