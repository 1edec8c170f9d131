"""Django's own ``migrate``, under the name that leaves ``congvu migrate`` to the whole of bringing up to date."""

from django.core.management.commands.migrate import Command

__all__ = ["Command"]
