"""Drives a real headless Chromium through a pipe: no socket, no driver program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--window-size=1366,768",
    "--remote-debugging-pipe",
]


def browser_path() -> str | None:
    """Chromium or Chrome, where there is one."""
    return next((found for name in ("chromium", "google-chrome", "chrome") if (found := shutil.which(name))), None)


class Browser:
    """One page in one browser; commands and events of the DevTools protocol travel through two pipes."""

    def __init__(self, program: str, profile: Path, *, without_network: bool) -> None:
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        command = [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        if without_network and _can_unshare():
            command = ["unshare", "-rn", *command]
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{to_read} 4>&{to_write}', "bash", *command],
            pass_fds=(to_read, to_write),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._number, self._rest = 0, b""
        self.requests: list[str] = []
        self.complaints: list[str] = []
        target = next(t for t in self.send("Target.getTargets")["targetInfos"] if t["type"] == "page")
        attached = self.send("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    _session = ""

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command and its answer; events that arrive meanwhile are taken down."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self._take_down(answer)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._read, 1 << 16)
            assert piece, "the browser has gone"
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(line))

    def _take_down(self, event: dict[str, Any]) -> None:
        if event.get("method") == "Network.requestWillBeSent":
            self.requests.append(event["params"]["request"]["url"])
        if event.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
            self.complaints.append(json.dumps(event["params"]))

    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page; promises are waited for."""
        answer = self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def open(self, path: Path, fragment: str = "") -> None:
        """Open a file and wait until its search is ready, or has said why it is not."""
        self.send("Page.navigate", url=path.as_uri() + fragment)
        self.evaluate(
            "new Promise((done) => { const look = () => document.body && (document.body.dataset.ready || "
            "document.body.dataset.failed) ? done(true) : setTimeout(look, 20); look(); })"
        )

    def go(self, fragment: str) -> None:
        """Go to another part of the open page and wait until it is shown."""
        self.evaluate(
            "new Promise((done) => { addEventListener('hashchange', () => setTimeout(done, 0), { once: true }); "
            f"location.hash = {json.dumps(fragment)}; }})"
        )

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._read)
        os.close(self._write)

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _can_unshare() -> bool:
    program = shutil.which("unshare")
    return program is not None and subprocess.run([program, "-rn", "true"], capture_output=True).returncode == 0
