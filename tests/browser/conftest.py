"""A real browser on a real server: Chromium of the machine, Django in a thread, a city of its own.

Every page of a story refuses foreign requests and remembers what the browser complains about.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.interfaces import stories

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEIGHT = 900
SIZES = (390, 1280)
"""Widths in pixels of a telephone and of a screen on a table."""


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: the story tells what matters."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium fonts-noto-cjk)")
    # Playwright keeps an event loop in this thread, where the stories also use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def site(fresh_database: str) -> Iterator[str]:
    """Serve Jiangcheng and yield its address, without a slash at the end."""
    stories.city()
    with serving() as address:
        yield address


@contextmanager
def serving() -> Iterator[str]:
    """Serve whatever the database holds and yield the address, without a slash at the end."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.daemon_threads = False
    server.set_app(get_wsgi_application())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Visitor:
    """Somebody with a browser. `complaints` are errors of the console, `foreign` other hosts."""

    context: BrowserContext
    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def goes(self, path: str) -> "Visitor":
        self.page.goto(self.site + path)
        return self

    def presses(self, words: str) -> "Visitor":
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=True).click()
        return self

    def fills(self, name: str, text: str) -> "Visitor":
        self.page.locator(f"main [name={name}]").fill(text)
        return self

    def chooses(self, name: str, value: str) -> "Visitor":
        self.page.locator(f"main select[name={name}]").select_option(value)
        return self

    def submits(self, value: str) -> "Visitor":
        """Press the button of a form with this value."""
        with self.page.expect_navigation():  # until its style is there, too
            self.page.locator(f"main button[value={value}]").click()
        return self

    def signs_in(self, session: str) -> "Visitor":
        """Take over the session of another browser."""
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.site}])
        return self

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site)

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the screen, or than one of `SIZES`.

        So a story that is told once in a language and at a width tells of the other widths, too.
        """
        before = self.page.viewport_size
        found = [self._wider_than_the_screen()]
        for width in SIZES:
            if width != before["width"]:
                self.page.set_viewport_size({**before, "width": width})
                found.append(self._wider_than_the_screen())
        self.page.set_viewport_size(before)
        return max(found)

    def _wider_than_the_screen(self) -> int:
        return self.page.evaluate("document.documentElement.scrollWidth - innerWidth")

    def barriers(self) -> list[str]:
        """Return what axe finds: rule, and where."""
        self.page.wait_for_load_state()  # its style is part of a page
        found = Axe().run(self.page, options={"runOnly": RULES}).response["violations"]
        return [
            f"{one['id']}: {node['target']} {node['html']}"
            for one in found
            for node in one["nodes"]
        ]


@pytest.fixture
def visit(chromium: Browser, site: str):
    """Return a function that lets somebody come with a browser of this width and language."""
    contexts: list[BrowserContext] = []

    def come(*, width: int = 390, language: str = "zh-CN", scripts: bool = True) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHT},
            locale=language,
            java_script_enabled=scripts,
            base_url=site,
        )
        contexts.append(context)
        visitor = Visitor(context, context.new_page(), site)

        def guard(route: Route) -> None:
            if route.request.url.startswith(site):
                route.continue_()
            else:
                visitor.foreign.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        visitor.page.on(
            "console",
            lambda line: visitor.complaints.append(line.text) if line.type == "error" else None,
        )
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        return visitor

    yield come
    for context in contexts:
        context.close()
