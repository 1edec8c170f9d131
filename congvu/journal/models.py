from django.db import models


class Act(models.Model):
    """One thing that somebody did: who, what, on what, why. Append only.

    ``transaction`` is the database transaction that wrote it; the guard lets writes pass in that one only.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.TextField()
    actor = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    actor_name = models.TextField()
    agency = models.TextField(null=True)
    subject_table = models.TextField(null=True)
    subject_key = models.TextField(null=True)
    reason = models.TextField(default="")
    data = models.JSONField(default=dict)
    transaction = models.BigIntegerField()

    class Meta:
        db_table = "journal_act"
        indexes = [models.Index(fields=["subject_table", "subject_key", "id"], name="journal_act_by_subject")]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"


class Change(models.Model):
    """What one act did to one record: its columns before and after (only those that changed, where both exist).

    ``before_hash`` and ``after_hash`` are those of the whole record (:mod:`congvu.journal.hashes`).
    """

    id = models.BigAutoField(primary_key=True)
    act = models.ForeignKey(Act, models.PROTECT, related_name="changes")
    table = models.TextField()
    key = models.TextField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    before_hash = models.TextField(null=True)
    after_hash = models.TextField(null=True)

    class Meta:
        db_table = "journal_change"
        indexes = [models.Index(fields=["table", "key", "id"], name="journal_change_by_record")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class Block(models.Model):
    """The hash of a run of records that one load brought in: keys from ``first`` to ``last``, byte order."""

    id = models.BigAutoField(primary_key=True)
    act = models.ForeignKey(Act, models.PROTECT, related_name="blocks")
    table = models.TextField()
    first = models.TextField()
    last = models.TextField()
    rows = models.IntegerField()
    hash = models.TextField()

    class Meta:
        db_table = "journal_block"

    def __str__(self) -> str:
        return f"{self.table} {self.first}…{self.last}"


class Seal(models.Model):
    """A batch of acts under one hash: the Merkle root over their hashes, chained to the seal before.

    ``snapshot`` is the database's own list of the transactions that had ended when the batch was taken.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    acts = models.JSONField()
    snapshot = models.TextField()
    root = models.TextField()
    previous = models.TextField()
    hash = models.TextField()

    class Meta:
        db_table = "journal_seal"

    def __str__(self) -> str:
        return f"seal {self.number}"


class SealedAct(models.Model):
    """Which seal an act lies under, and the hash it had when it was sealed."""

    act_id = models.BigIntegerField(primary_key=True)
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="leaves")
    position = models.IntegerField()
    hash = models.TextField()

    class Meta:
        db_table = "journal_sealed_act"

    def __str__(self) -> str:
        return f"act {self.act_id} under seal {self.seal_id}"
