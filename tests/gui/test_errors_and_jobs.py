"""What goes wrong is said; a fault of the program is reported without content; jobs end in order."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QThread

from workbench.domain.errors import Refused
from workbench.domain.progress import Ticket
from workbench.gui.app import main
from workbench.gui.errors import crash_report
from workbench.gui.jobs import Job, JobRunner


def test_foreseen_error_is_shown_as_its_sentence(qtbot, window):
    def work(case, ticket) -> None:
        raise Refused("The name is taken. Choose another.")

    window.workspace.write("Try", work)
    qtbot.waitUntil(lambda: window.message_bar.text == "The name is taken. Choose another.")
    assert not window.workspace.paths.crash_reports.exists()


def test_fault_leaves_a_report_without_values(qtbot, window):
    def work(case, ticket) -> None:
        raise ValueError("IN-A1 lives in Harbour Street")

    window.workspace.write("Try", work)
    qtbot.waitUntil(lambda: "mistake" in window.message_bar.text)
    (report,) = window.workspace.paths.crash_reports.iterdir()
    text = report.read_text(encoding="utf-8")
    assert "ValueError" in text and "test_errors_and_jobs.py" in text
    assert "Harbour Street" not in text


def test_report_names_the_chain_of_causes():
    try:
        try:
            raise KeyError("secret")
        except KeyError as error:
            raise RuntimeError("other secret") from error
    except RuntimeError as error:
        report = crash_report(error)
    assert "builtins.RuntimeError" in report and "builtins.KeyError" in report
    assert "secret" not in report


def test_writers_run_one_after_another_off_the_main_thread(qtbot, qapp):
    runner, order, threads = JobRunner(), [], set()
    together = threading.Semaphore(1)

    def work(number) -> Callable[[Ticket], None]:
        def step(ticket) -> None:
            assert together.acquire(blocking=False)
            threads.add(threading.get_ident())
            order.append(number)
            together.release()

        return step

    jobs = [runner.start(Job(str(n), work(n), writes=True)) for n in range(20)]
    qtbot.waitUntil(lambda: not runner.running)
    assert order == list(range(20))
    assert threads and threading.get_ident() not in threads
    assert jobs[0].thread() is QThread.currentThread()


def test_cancelled_before_it_began_is_cancelled(qtbot, qapp):
    runner, gate, done = JobRunner(), threading.Event(), []
    runner.start(Job("first", lambda ticket: gate.wait(10), writes=True))
    second = runner.start(Job("second", lambda ticket: done.append(1), writes=True))
    second.cancel()
    with qtbot.waitSignal(second.cancelled):
        gate.set()
    assert done == []
    runner.finish()


def test_platform_that_listens_is_refused(monkeypatch, capsys):
    monkeypatch.setenv("QT_QPA_PLATFORM", "vnc:size=800x600")
    assert main([]) == 2
    assert "network" in capsys.readouterr().err
