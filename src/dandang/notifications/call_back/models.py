"""How the calls that have to be made are kept. No row holds a number or a name."""

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dandang.lifecycle.casework.models import Request
from dandang.notifications.models import Message


class CallBack(models.Model):
    """One call to make: to the sender of a request, about one message (`about` is its template).

    It outlives the message, which is deleted when it was done with long ago.
    `result` is "" while the call is to be made; then it is due at `next_try_at`. `until` is when
    what the call is about is over. `officer` and `post` are of whoever recorded something last.
    """

    message = models.OneToOneField(Message, models.SET_NULL, null=True, related_name="+")
    request = models.ForeignKey(Request, models.CASCADE, related_name="+")
    about = models.CharField(max_length=40)
    until = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True)
    officer = models.CharField(max_length=64, blank=True)
    post = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "call_back"
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(result=""), name="call_back_one_at_a_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(result=""), name="call_back_to_make"
            ),
            models.Index(
                fields=["request"], condition=Q(result="wrong_number"), name="call_back_wrong"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"call back {self.pk}: {self.about}"
