"""What an officer asks whoever calls, comes or writes; only what is needed is required."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from dandang.interfaces.shared import choices, tokens
from dandang.interfaces.shared.contact_fields import LINE, EmailField, NameField, PhoneField
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.titles import title_of
from dandang.interfaces.shared.words.cases import CHANNELS
from dandang.interfaces.shared.words.names import Names, name
from dandang.interfaces.shared.words.refusals import refusal_words
from dandang.lifecycle.casework.rules.behalf import LETTER
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.states import Behalf
from dandang.organization.directory import Directory
from dandang.policy import Policy
from dandang.terms import Refusal, normalise_reference

TAKEN_BY = ("phone", "counter", "letter")

_TITLE = 100
_NEEDED = gettext_lazy("Please choose one.")
_OWN_NAMES = {"subject_units": "subject_unit", "sent_at": "channel"}


class TakingInForm(forms.Form):
    """A request that somebody brings: who it is from, how they are reached, where and what."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How it comes in"),
        choices=[(code, CHANNELS[code]) for code in TAKEN_BY],
        widget=forms.RadioSelect,
        error_messages={"required": _NEEDED},
    )
    on_behalf = forms.ChoiceField(
        label=gettext_lazy("Who is speaking"),
        choices=[
            (Behalf.IN_PERSON.value, gettext_lazy("the requester")),
            (Behalf.PROXY.value, gettext_lazy("somebody for the requester")),
            (Behalf.ANONYMOUS.value, gettext_lazy("somebody who gives no name")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _NEEDED},
    )
    name = NameField(gettext_lazy("Name of the requester"))
    phone = PhoneField()
    email = EmailField()
    proxy_name = NameField(gettext_lazy("Name of the proxy"))
    proxy_relation = TextField(
        label=gettext_lazy("What the proxy is to the requester"),
        limit=LINE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = TextField(
        label=gettext_lazy("What the requester says"),
        help_text=gettext_lazy(
            "In their words: what happens, since when, what should be done. No identity card or "
            "bank numbers."
        ),
        lines=True,
    )
    title = TextField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Without one it is the beginning of the text."),
        limit=_TITLE,
        required=False,
    )
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    location = TextField(label=gettext_lazy("Address or place"), limit=LINE, required=False)
    category = forms.ChoiceField(
        label=gettext_lazy("Category"),
        required=False,
    )
    happening_now = forms.BooleanField(
        label=gettext_lazy("It is happening right now"), required=False
    )
    subject_unit = forms.ChoiceField(
        label=gettext_lazy("Is it a complaint about how a unit acted? Which one?"), required=False
    )
    may_publish = forms.BooleanField(
        label=gettext_lazy("The requester agrees that the matter is shown publicly"),
        help_text=gettext_lazy("Without name and contact, after an officer has read it. Ask."),
        required=False,
    )
    token = forms.CharField(widget=forms.HiddenInput)
    into = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, directory: Directory, policy: Policy, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        super().__init__(*args, **kwargs)
        self._choices("area", [("", _("not known")), *choices.areas(directory)])
        self._choices("category", [("", _("not known: dispatch decides")), *_categories(policy)])
        self._choices("subject_unit", [("", _("not a complaint")), *choices.units(directory)])
        self._names = Names(directory, policy)

    @property
    def joins(self) -> str:
        """The reference of the case that this request joins; "" where it opens one of its own."""
        typed = self["into"].value() or ""
        return normalise_reference(typed) if typed else ""

    @override
    def clean(self) -> dict[str, Any]:
        """Ask of a proxy whom it is for; whoever stays anonymous gives no name."""
        given = super().clean() or self.cleaned_data
        who = given.get("on_behalf")
        if who == Behalf.PROXY:
            self._need(given, "name", _("Whom does the proxy speak for?"))
            self._need(given, "proxy_relation", _("What is the proxy to the requester?"))
        elif who:
            given["proxy_name"] = given["proxy_relation"] = ""
        if who == Behalf.ANONYMOUS and given.get("name"):
            self.add_error("name", _("Leave it out, or choose that the requester is speaking."))
        return given

    def opening(self, *, read_back: bool) -> Open:
        """Return the case to open."""
        given = self.cleaned_data
        return Open(
            title=given["title"] or title_of(given["text"]),
            text=given["text"],
            channel=given["channel"],
            category=given["category"],
            area=given["area"],
            location=given["location"],
            contact=Contact(given["name"], given["phone"], given["email"]),
            happening_now=given["happening_now"],
            can_follow=self.gets_code,
            subject_units=(given["subject_unit"],) if given["subject_unit"] else (),
            may_publish=given["may_publish"],
            on_behalf=Behalf(given["on_behalf"]),
            proxy_name=given["proxy_name"],
            proxy_relation=given["proxy_relation"],
            read_back=read_back,
        )

    def joining(self, *, read_back: bool) -> dict[str, Any]:
        """Return what the verb `attach` takes."""
        given = self.cleaned_data
        names = ("text", "name", "phone", "email", "channel", "on_behalf")
        said = {field: given[field] for field in (*names, "proxy_name", "proxy_relation")}
        said = {field: value for field, value in said.items() if value}
        return {**said, "read_back": read_back, "may_publish": given["may_publish"]}

    @property
    def gets_code(self) -> bool:
        """Whether there is anybody to hand an access code to."""
        given = self.cleaned_data
        return bool(given["on_behalf"] != Behalf.ANONYMOUS or given["channel"] != LETTER)

    def show(self, refused: Refusal) -> None:
        """Put a refusal at the field it is about, or above the form."""
        details = dict(refused.details)
        named = str(details.pop("field", ""))
        field = _OWN_NAMES.get(named, named)
        words = refusal_words(refused.code, details)
        self.add_error(field if field in self.fields else None, words)

    def _need(self, given: dict[str, Any], field: str, words: str) -> None:
        if field not in self.errors and not given.get(field):
            self.add_error(field, words)

    def _choices(self, field: str, options: choices.Choices) -> None:
        found = self.fields[field]
        assert isinstance(found, forms.ChoiceField)
        found.choices = options


def with_token(typed: QueryDict) -> QueryDict:
    """Return what was typed, with a token of our own where the form has lost its."""
    if tokens.is_token(typed.get("token", "")):
        return typed
    repaired = typed.copy()
    repaired["token"] = tokens.new_token()
    return repaired


def _categories(policy: Policy) -> Iterator[Any]:
    """Yield the categories, each with the class under which its matters are promised."""

    def with_class(code: str, words: str) -> tuple[str, str]:
        found = policy.case_class(code, happening_now=False)
        return code, f"{words} · {name(found)}"

    for code, words in choices.categories(policy):
        if isinstance(words, str):
            yield with_class(code, words)
        else:
            yield code, [with_class(*one) for one in words]
