"""The one family of errors that a person is shown."""


class Refusal(Exception):
    """The rules do not allow what was asked; nothing is broken.

    ``str(refusal)`` is a Vietnamese sentence for the person: what, where, what to do.
    ``code`` is stable and for machines, ``status`` the HTTP status, ``exit_status`` that of a command
    (1 the input is wrong, 2 wrong use, 3 the surroundings).
    """

    code = "refused"
    status = 400
    exit_status = 1


class SurroundingsRefusal(Refusal):
    """Database, disk or a lock stands in the way; the same call may pass later."""

    code = "surroundings"
    status = 503
    exit_status = 3


class UsageRefusal(Refusal):
    """The command or request was put wrongly."""

    code = "usage"
    exit_status = 2
