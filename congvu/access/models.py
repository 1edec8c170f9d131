from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from congvu.province.records import AgencyCode, ordered_days

from .rules import ROLE_NAMES, Role

ROLE_CHOICES = [(role.value, name) for role, name in ROLE_NAMES.items()]


class User(AbstractUser):
    first_name = None  # type: ignore[assignment]  # Vietnamese names are one field
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("họ và tên"), max_length=200)
    must_change_password = models.BooleanField(default=False)
    demo_card = models.CharField(
        max_length=300,
        default="",
        blank=True,
        help_text="What the card of a simulated role says on the sign-in page; empty for real people.",
    )

    REQUIRED_FIELDS = ["full_name"]

    def get_full_name(self) -> str:
        return self.full_name

    def __str__(self) -> str:
        return self.full_name or self.username


class Seat(models.Model):
    """A person works in an agency in one role, for a time. One person may hold several."""

    user = models.ForeignKey(User, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    agency = AgencyCode()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "agency", "valid_from"], name="access_seat_key"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="access_seat_role_known"
            ),
            ordered_days("valid_from", "valid_to", "access_seat_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} – {self.agency}"
