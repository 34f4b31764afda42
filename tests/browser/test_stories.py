"""Mrs Liu's whole way in a real browser: with scripts switched off, in Chinese, on a phone."""

import re

from playwright.sync_api import expect

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import State
from tests import town
from tests.browser.writing import sends
from tests.interfaces.stories import officer


def test_mrs_liu_reports_follows_and_answers_without_any_script(visit):
    liu = visit(scripts=False)
    liu.goes("/")
    liu.page.get_by_role("main").get_by_role("link", name="反映问题").click()
    liu.presses("下一步")
    liu.page.get_by_label("具体情况").fill("今天早上起没有水。")
    liu.page.get_by_label("属于哪一类").select_option(label="供水")
    liu.presses("下一步")
    liu.presses("下一步：检查填写的内容")
    expect(liu.page.get_by_role("main")).to_contain_text("水务局 · 值班岗")
    liu.presses("提交")
    reference = liu.path.split("/")[2]
    code = liu.page.locator(".receipt-code").nth(1).inner_text()

    officer("accept", reference, town.LI_NA)
    officer("propose", reference, town.LI_NA, outcome="resolved", text="水管已更换。")

    daughter = visit(scripts=False)
    daughter.goes("/c/").fills("reference", reference.lower()).fills("access_code", code)
    daughter.presses("查看")
    expect(daughter.page.get_by_role("heading", name="解决了吗？")).to_be_visible()
    daughter.presses("没有解决")
    daughter.page.get_by_label("哪里没有解决？").fill("还是没有水。")
    daughter.presses("提交这个答复")
    expect(daughter.page.get_by_role("status")).to_contain_text("您的回答已记录")
    assert find(reference).state.state is State.IN_PROGRESS
    assert daughter.complaints == liu.complaints == []
    assert daughter.foreign == liu.foreign == []


def test_the_access_code_never_stands_in_an_address_or_the_history(visit):
    liu = visit(language="en-GB")
    visited = []
    liu.page.on("request", lambda asked: visited.append(asked.url))
    sends(liu, "No water")
    reference = liu.path.split("/")[2]
    code = re.sub(r"\s", "", liu.page.locator(".receipt-code").nth(1).inner_text())
    liu.goes("/c/").fills("reference", reference).fills("access_code", code)
    liu.presses("Show my request")
    assert liu.path == f"/c/{reference}/"
    assert not any(code in url for url in visited)


def test_the_language_switch_names_the_other_language_and_keeps_the_place(visit):
    liu = visit()
    liu.goes("/open/").presses("English")
    assert liu.path == "/open/"
    expect(liu.page.locator("html")).to_have_attribute("lang", "en")
    expect(liu.page.get_by_role("heading", level=1)).to_have_text("Public board")
    liu.presses("中文")
    expect(liu.page.locator("html")).to_have_attribute("lang", "zh-Hans")
