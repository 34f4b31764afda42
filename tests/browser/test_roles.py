"""A short day of everybody at the desk: what each role finds in the navigation, reads and does.

Nobody has a link to a page that is not theirs. Every page that is visited can be used by everybody.
The requester's day stands in `test_stories.py`, a dispatcher's long morning in
`test_dispatch_day.py`.
"""

import pytest

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.sampling.models import Item
from dandang.lifecycle.states import State
from dandang.organization.actions.load import load_organization
from dandang.organization.queries import current_policy
from dandang.terms import Actor
from tests import town
from tests.browser.conftest import Visitor
from tests.browser.test_desk import complaints, is_fine, session
from tests.interfaces.desk.examples import (
    called,
    more_time_asked,
    standing_still,
    support_asked,
    unmasking_asked,
)
from tests.interfaces.desk.office import (
    assigned,
    events,
    in_progress,
    received,
    solved,
)
from tests.interfaces.desk.test_call_backs import asked
from tests.interfaces.desk.test_set_up_policies import WHY, other
from tests.interfaces.desk.test_standard_texts import PUMP
from tests.interfaces.stories import later

HE_JING = "D-008"
"""He Jing 何静 does nothing but call back."""
EVERYBODY = frozenset(
    {
        *("/desk/messages/", "/dispatch/duties/", "/desk/precedents/", "/desk/settings/"),
        "/account/",
    }
)
CASES = frozenset(
    {
        *("/desk/", "/desk/calls/", "/supervision/decisions/", "/desk/clocks/"),
        *("/desk/escalations/", "/desk/long-standing/"),
    }
)
OVERSIGHT = frozenset({"/desk/open/", "/desk/to-publish/", "/dispatch/disputes/"})

pytestmark = pytest.mark.parametrize(
    ("language", "width"), [("zh-CN", 390), ("en-GB", 1280)], ids=["zh", "en"]
)


def sits_down(visit, code: str, language: str, width: int) -> Visitor:
    """Let an officer come to the desk with a browser, signed in."""
    return visit(width=width, language=language).signs_in(session(code)).goes("/desk/")


def navigation(visitor: Visitor) -> set[str]:
    """Return where the links above a page lead, also those behind "more"."""
    found = visitor.page.locator("header nav a").evaluate_all(
        "found => found.map(one => one.getAttribute('href'))"
    )
    assert len(found) == len(set(found)), "no link stands there twice"
    return set(found)


def reads(visitor: Visitor, *paths: str) -> None:
    """Go to pages, each of which can be used by everybody."""
    for path in paths:
        assert is_fine(visitor.goes(path)), path


def picks(visitor: Visitor, name: str, value: str) -> None:
    """Choose one of a few things, each with a button of its own."""
    visitor.page.locator(f"main input[name={name}][value={value}]").check()


def clicks(visitor: Visitor, selector: str) -> None:
    """Click the first such thing; it leads to another page, which can be used by everybody."""
    with visitor.page.expect_navigation():
        visitor.page.locator(selector).first.click()
    assert is_fine(visitor), visitor.path


def does_it(visitor: Visitor) -> None:
    """Send the form of an act."""
    clicks(visitor, "#verb button.button:not(.second)")


def test_li_na_accepts_answers_and_says_that_it_is_done(visit, language, width):
    reference = assigned()
    li_na = sits_down(visit, town.LI_NA, language, width)
    assert navigation(li_na) == EVERYBODY | CASES
    clicks(li_na, f"main a[href='/desk/{reference}/']")
    clicks(li_na, "form[action$='/accept/'] button")
    li_na.goes(f"/desk/{reference}/propose/")
    picks(li_na, "outcome", "resolved")
    li_na.fills("text", "三号水泵已更换，各楼层均已恢复供水。").submits("preview")
    assert is_fine(li_na)
    does_it(li_na)
    assert find(reference).state.state is State.PROPOSED
    reads(li_na, "/desk/clocks/", "/desk/precedents/", "/desk/directory/?unit=water")
    assert complaints(li_na) == []


def test_wang_qiang_says_why_nothing_happened(visit, language, width):
    reference = standing_still()
    wang_qiang = sits_down(visit, town.WANG_QIANG, language, width)
    reads(wang_qiang, "/desk/?queue=overdue")
    wang_qiang.goes(f"/desk/{reference}/explain-stall/")
    picks(wang_qiang, "obstacle", "overloaded")
    wang_qiang.fills("text", "本岗位有四十件工单在办")
    does_it(wang_qiang)
    assert events(reference)[-2:] == ["stall_explained", "support_requested"]
    assert complaints(wang_qiang) == []


def test_sun_tao_acts_on_a_call_and_stops_a_clock(visit, language, width):
    reference = called()
    sun_tao = sits_down(visit, town.SUN_TAO, language, width)
    assert navigation(sun_tao) == EVERYBODY | CASES | {"/supervision/"}
    reads(sun_tao, "/desk/calls/", "/supervision/", "/desk/escalations/")
    sun_tao.goes(f"/desk/{reference}/act-on-call/")
    picks(sun_tao, "act", "instructed")
    sun_tao.chooses("who", "water-duty").fills("text", "立即给刘女士回电话")
    sun_tao.fills("due_at", "2026-10-12T15:00")
    does_it(sun_tao)
    assert "head_acted" in events(reference)[-1] or "call" in events(reference)[-1]
    sun_tao.goes(f"/desk/{reference}/pause/").chooses("reason", "bad_weather")
    sun_tao.fills("condition", "解冻以后").fills("text", "冻土无法开挖")
    does_it(sun_tao)
    assert find(reference).state.pause is not None
    assert sun_tao.goes("/desk/open/").page.locator("form#verb").count() == 0
    assert complaints(sun_tao, "403", "404") == []


def test_zhao_min_places_a_request_and_finds_who_wrote_before(visit, language, width):
    reference, before = received(), in_progress()
    zhao_min = sits_down(visit, town.ZHAO_MIN, language, width)
    theirs = {"/dispatch/", "/desk/new/"} | OVERSIGHT - {"/dispatch/disputes/"}
    assert navigation(zhao_min) >= EVERYBODY | CASES | theirs
    clicks(zhao_min, "header nav a[href='/dispatch/']")
    zhao_min.goes(f"/dispatch/{reference}/")
    zhao_min.page.locator("main input[name=to_post]").last.check()
    zhao_min.chooses("other_post", "cityman-duty").chooses("category", "city_appearance")
    clicks(zhao_min, "main form button.button:not(.second)")
    assert find(reference).state.holder == "cityman-duty"
    reads(zhao_min, "/desk/new/", "/search/person/")
    zhao_min.fills("way", "139 0000 0000").chooses("purpose", "same_matter")
    clicks(zhao_min, "main form button")
    assert before in zhao_min.page.locator("main").inner_text()
    assert complaints(zhao_min) == []


def test_he_jing_calls_and_writes_down_what_is_said(visit, site, language, width):
    files = town.files()
    entry = f'\n[[officers]]\ncode = "{HE_JING}"\nname_zh = "何静"\nname_en = "He Jing"\n'
    files["organization.toml"] += entry.encode()
    files["posts.csv"] += "call-desk,hotline,回访岗,Calls,call_back,\n".encode()
    files["appointments.csv"] += f"{HE_JING},call-desk,2026-01-01,\n".encode()
    load_organization(files, by=Actor.system(), now=town.MONDAY)
    reference = asked(name="刘女士")
    he_jing = sits_down(visit, HE_JING, language, width)
    assert navigation(he_jing) == EVERYBODY | CASES | {"/desk/new/"}
    reads(he_jing, "/desk/?queue=call-back", "/desk/call-backs/")
    clicks(he_jing, "button[name=show]")
    assert he_jing.page.locator("a[href^='tel:']").count() == 1
    clicks(he_jing, "tbody a.button")
    picks(he_jing, "verdict", "solved")
    clicks(he_jing, "#verb button.button:not(.second), main form button[type=submit]:not([name])")
    assert find(reference).state.state is State.SOLVED
    assert complaints(he_jing) == []


def test_chen_hui_decides_and_sets_a_finding(visit, language, width):
    extension, support, unmasking = more_time_asked(), support_asked(), unmasking_asked()
    chen_hui = sits_down(visit, town.CHEN_HUI, language, width)
    assert navigation(chen_hui) == EVERYBODY | CASES | OVERSIGHT | {"/supervision/"}
    reads(chen_hui, "/supervision/decisions/", "/desk/to-publish/", "/desk/long-standing/")
    chen_hui.goes(f"/desk/{extension}/decide-extension/")
    picks(chen_hui, "decision", "granted")
    chen_hui.fills("text", "水泵周五到货")
    does_it(chen_hui)
    chen_hui.goes(f"/desk/{support}/decide-support/")
    picks(chen_hui, "decision", "granted")
    chen_hui.fills("text", "城管局协助").chooses("to_post", "cityman-duty")
    does_it(chen_hui)
    reads(chen_hui, f"/desk/{unmasking}/allow-unmask/", "/desk/open/")
    picks(chen_hui, "kind", "finding")
    chen_hui.fills("title", "消火栓漏水").fills("text", "周一起漏水，应予修复")
    chen_hui.chooses("category", "water_supply").chooses("area", "hudong")
    clicks(chen_hui, "main form.form button.button")
    found = chen_hui.path.split("/")[2]
    assert find(found).state.holder == "water-duty"
    assert complaints(chen_hui) == []


def test_ma_lin_reads_and_asks_before_he_sees_who_wrote(visit, language, width):
    reference = in_progress()
    ma_lin = sits_down(visit, town.MA_LIN, language, width)
    assert navigation(ma_lin) == EVERYBODY | CASES | OVERSIGHT | {"/supervision/"}
    reads(ma_lin, "/supervision/cases/?what=open&unit=water", f"/desk/{reference}/")
    assert "刘" not in ma_lin.page.locator("main").inner_text()
    picks(ma_lin.goes(f"/desk/{reference}/ask-unmask/"), "purpose", "complaint_handling")
    does_it(ma_lin)
    assert events(reference)[-1] == "unmasking_requested"
    ma_lin.goes(f"/desk/{reference}/name-sponsor/").chooses("to_post", "water-head")
    ma_lin.fills("text", "每周汇报一次")
    does_it(ma_lin)
    assert complaints(ma_lin) == []


def test_xu_fang_reads_a_sample_and_acts_on_nothing(visit, site, language, width):
    sample = {solved(), solved()}
    later(days=1)
    chen_hui = sits_down(visit, town.CHEN_HUI, language, width).goes("/supervision/samples/new/")
    chen_hui.page.locator("input[name=ends][value=declined]").uncheck()
    picks(chen_hui, "ends", "solved")
    chen_hui.fills("percent", "").fills("number", "1").fills("last", "2026-10-12")
    clicks(chen_hui, "main form button.button")
    xu_fang = sits_down(visit, town.XU_FANG, language, width)
    assert navigation(xu_fang) == EVERYBODY | {"/desk/", "/supervision/samples/"}
    reads(xu_fang, "/desk/", "/supervision/samples/", f"{chen_hui.path}1/")
    for name in ("answers", "right"):
        picks(xu_fang, name, "yes")
    clicks(xu_fang, "main form button.button")
    read = Item.objects.get().case.reference
    assert read in sample
    assert events(read)[-1] == "sample_judged"
    reads(xu_fang, f"/desk/{read}/", "/account/events/all/")
    assert xu_fang.goes(f"/desk/{read}/").page.locator(".acts form, .acts a").count() == 0
    assert complaints(xu_fang) + complaints(chen_hui) == []


def test_tang_yu_and_he_ping_keep_texts_policy_and_accounts(visit, site, language, width):
    reference = in_progress()
    tang_yu = sits_down(visit, town.TANG_YU, language, width)
    assert navigation(tang_yu) == EVERYBODY | {"/setup/"}
    reads(tang_yu, "/setup/", "/setup/reply_templates/", "/setup/reply_templates/new/")
    for name in ("code", "name_zh", "name_en", "text_zh", "text_en"):
        tang_yu.fills(name, PUMP[name])
    tang_yu.chooses("verb", "reply").chooses("unit", "water").submits("preview")
    assert is_fine(tang_yu)
    clicks(tang_yu, "main form.form button.button:not(.second)")
    reads(tang_yu, "/setup/policy/", "/setup/policy/new/")
    tang_yu.fills("text", other()).fills("why", WHY)
    clicks(tang_yu, "main form.form button.button")
    he_ping = sits_down(visit, town.HE_PING, language, width).goes(tang_yu.path)
    clicks(he_ping, "button[value=accept]")
    assert current_policy().version == town.policy().version + 1
    reads(tang_yu, "/account/people/", f"/account/people/{town.LI_NA}/")
    assert navigation(tang_yu) == EVERYBODY | {"/setup/"}, "also beside the own account"
    assert tang_yu.goes(f"/desk/{reference}/").page.locator("main").inner_text()
    assert reference not in tang_yu.page.locator("main").inner_text()
    assert complaints(tang_yu, "404") + complaints(he_ping) == []
