"""What requesters are asked after the work is done: every answer looks like every other one."""

from datetime import timedelta

import pytest

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.work import fire_due
from tests.interfaces.stories import browser, later, opens, proposed, wait_until

LANGUAGES = ("zh-CN", "en-GB")
WIDTHS = (390, 1280)
LOOKS = """
    ones => ones.map(one => {
        const style = getComputedStyle(one), box = one.getBoundingClientRect();
        const size = /^(block-size|inline-size|height|width|perspective-|transform-)/;
        const lines = [...style].filter(name => !size.test(name))
            .map(name => `${name}: ${style.getPropertyValue(name)}`);
        return `${lines.join(";")}|${Math.round(box.width)}x${Math.round(box.height)}`;
    })
"""
"""The whole computed style of each, and then its size, which differs between words."""


@pytest.fixture
def said(site):
    """Return the session of a requester, and her pages by what they ask."""
    client = browser()
    lasting = proposed(client)
    client.post(f"/c/{lasting}/judge/", {"verdict": "solved"})
    at = find(lasting).state.clocks["look_back"].at
    wait_until(at)
    while fire_due(at).fired:
        pass
    late = opens(client, category="city_appearance")
    called = opens(client, category="city_appearance")
    judged, done = proposed(client), proposed(client)
    client.post(f"/c/{judged}/judge/", {"verdict": "no", "text": "Still dry"})
    wait_until(at + timedelta(days=1))
    client.post(f"/c/{called}/ask-escalation/", {"text": "Nobody came"})
    return client.cookies["sessionid"].value, {
        "done": f"/c/{done}/",
        "judged": f"/c/{judged}/",
        "back": f"/c/{lasting}/",
        "yes": f"/c/{lasting}/look-back/?holds=yes",
        "no": f"/c/{lasting}/look-back/?holds=no",
        "late": f"/c/{late}/",
        "asking": f"/c/{late}/ask-escalation/",
        "called": f"/c/{called}/",
        "rate": f"/c/{judged}/rate/",
        "judge": f"/c/{done}/judge/?verdict=no",
    }


def looks(visitor, selector: str) -> list[str]:
    return visitor.page.locator(selector).evaluate_all(LOOKS)


@pytest.mark.parametrize(("language", "width"), list(zip(LANGUAGES, WIDTHS, strict=True)))
def test_every_answer_looks_like_every_other_and_none_is_chosen(visit, said, language, width):
    session, paths = said
    visitor = visit(width=width, language=language).signs_in(session)
    for page, buttons, number in (("done", "verdict", 3), ("back", "holds", 2)):
        found = looks(visitor.goes(paths[page]), f"main button[name={buttons}]")
        assert len(found) == number
        assert len(set(found)) == 1
    visitor.goes(paths["judged"])
    for part in ("input[name=stars]", ".choice:has(input[name=stars]) label"):
        found = [one.partition("|")[0] for one in looks(visitor, f"main {part}")]
        assert len(found) == 5
        assert len(set(found)) == 1
    assert visitor.page.locator("main input:checked").count() == 0
    heights = {one.rpartition("x")[2] for one in looks(visitor, ".choice:has([name=stars])")}
    assert len(heights) == 1


@pytest.mark.parametrize("width", [320, *WIDTHS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_can_be_used_by_everybody(visit, said, language, width):
    session, paths = said
    visitor = visit(width=width, language=language).signs_in(session)
    for path in paths.values():
        visitor.goes(path)
        assert visitor.path == path
        assert visitor.barriers() == [], path
        assert visitor.overflow() <= 0, path
    assert visitor.foreign == []
    assert visitor.complaints == []


def test_she_rates_and_looks_back_without_scripts(visit, said):
    session, paths = said
    visitor = visit(language="en-GB", scripts=False).signs_in(session)
    visitor.goes(paths["judged"])
    visitor.page.get_by_label("Discontent", exact=True).check()
    visitor.presses("Send the rating")
    assert "Your rating so far: Discontent." in visitor.page.inner_text("main")
    visitor.goes(paths["back"]).presses("No, it is not solved any more")
    visitor.fills("text", "Dry again").presses("Send this answer")
    assert "the requester says it is not solved any more" in visitor.page.inner_text("main")
    later(days=40)
