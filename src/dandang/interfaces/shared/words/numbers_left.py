"""Words for the numbers that belong to a person and may not stand in a published text."""

from django.utils.translation import gettext_lazy as _

from dandang.interfaces.shared.words.cases import Words
from dandang.lifecycle.redaction.numbers import NumberKind

NUMBER_KINDS: Words = {
    NumberKind.MOBILE: _("a mobile number"),
    NumberKind.LANDLINE: _("a phone number"),
    NumberKind.ID_CARD: _("the number of an identity card"),
    NumberKind.ORGANIZATION: _("the number of a company"),
    NumberKind.BANK_CARD: _("the number of a bank card"),
    NumberKind.PLATE: _("a number plate"),
    NumberKind.EMAIL: _("an e-mail address"),
    NumberKind.ACCOUNT: _("the name of a WeChat or QQ account"),
}
