"""One process of Node that answers requests, a JSON object a line each way.

It is started with one of our scripts, killed when it does not answer in time, and told apart in its ways to
fail: an answer that is an error, a process that ended (with its last words), a time that is over.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import threading
from collections import deque
from collections.abc import Mapping
from types import TracebackType
from typing import IO, Any, Self

from scratchgen.engines.install import NODE_FOLDER, engine_folder, find_node
from scratchgen.errors import EngineError

__all__ = ["NodeProcess"]

SECONDS = 120.0
"""How long a request may take unless it says otherwise."""
LAST_LINES = 40
"""Lines of its standard error that are kept."""
LONGEST_LINE = 300
"""Characters of each; an error in minified code quotes all of it."""
COLOUR_CODES = re.compile(r"\x1b\[[0-9;]*m")
ERROR_HEADING = re.compile(r"(Uncaught )?\w*Error\b")


class NodeProcess:
    """A running script of ours in Node; a context manager that ends it.

    ``title`` names it in errors, ``options`` reach the script as JSON, ``seconds`` bound every request.
    EngineError when Node or the engines are missing or the script does not start.
    """

    def __init__(
        self,
        script: str,
        *,
        title: str,
        options: Mapping[str, object] | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._title = title
        self._seconds = seconds
        self._failure: str = ""
        self._last_words: deque[str] = deque(maxlen=LAST_LINES)
        command = [
            find_node(),
            str(NODE_FOLDER / script),
            str(engine_folder()),
            json.dumps(dict(options or {})),
        ]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        assert self._process.stdin
        assert self._process.stdout
        assert self._process.stderr
        self._requests: IO[str] = self._process.stdin
        self._answers: IO[str] = self._process.stdout
        self._errors: IO[str] = self._process.stderr
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        try:
            self._read_answer("start", "", seconds)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def request(self, command: str, *, seconds: float | None = None, **parameters: object) -> Any:
        """Send a command and return its result; EngineError when it fails or takes too long."""
        if self._failure:
            raise EngineError(self._failure, where=self._title, todo="start the engine again")
        line = json.dumps({"command": command, **parameters}) + "\n"
        return self._read_answer(command, line, self._seconds if seconds is None else seconds)

    def close(self) -> None:
        """End the process; does nothing the second time."""
        self._failure = self._failure or "it has been closed"
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._requests, self._answers, self._errors):
            with contextlib.suppress(OSError):  # what was still to be written has no reader any more
                stream.close()

    def _listen(self) -> None:
        for line in self._errors:
            if words := COLOUR_CODES.sub("", line).strip():
                self._last_words.append(words[:LONGEST_LINE])

    def _read_answer(self, command: str, line: str, seconds: float) -> Any:
        """Write a request and read its answer, while a watchdog counts the seconds."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self._process.kill()

        watchdog = threading.Timer(seconds, end)
        watchdog.daemon = True
        watchdog.start()
        answer = ""
        try:
            with contextlib.suppress(BrokenPipeError):  # reading tells the same, with the reason
                self._requests.write(line)
                self._requests.flush()
            answer = self._answers.readline()
        finally:
            watchdog.cancel()
            if not answer:  # also when we were interrupted: what comes next would answer the wrong question
                self._process.kill()
        if not answer.endswith("\n"):
            self._fail(f"`{command}` was not done after {seconds:g} seconds" if late.is_set() else "")
        content = json.loads(answer)
        if "error" in content:
            raise EngineError(
                f"`{command}` failed: {' '.join(content['error'].split())[:1000]}", where=self._title
            )
        return content.get("result")

    def _fail(self, reason: str) -> None:
        code = self._process.wait()
        self._listener.join()
        told = [words for words in self._last_words if ERROR_HEADING.match(words)]
        heading = (told or [*self._last_words] or ["without a word"])[-1]
        self._failure = reason or f"Node ended with code {code}: {heading}"
        raise EngineError(self._failure, where=self._title, todo="start the engine again")
