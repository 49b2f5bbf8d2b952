"""Names and addresses that several things of the world share."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from events.names import both_names, clean_line, clean_text, own_name, slug_for, sort_key, unique_slug


class Addressed(models.Model):
    """Has a slug: made unique once, from a Latin name or else a short id, and never changed by itself.

    An unlisted thing's slug ends in a short random id, so that a taken one betrays nothing (design, section 2).
    """

    slug = models.SlugField(_("address"), max_length=80, blank=True)

    former_slugs: Any  # the reverse side of FormerSlug, on each thing that has an address
    _slug_before = ""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any) -> Self:
        """Remembers the slug as it stood in the database."""
        row = super().from_db(db, field_names, values, **options)
        row._slug_before = row.__dict__.get("slug", "")  # noqa: SLF001 -- our own row
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Gives a new row its slug (two makers of one slug at one moment both get one); a changed one leads on."""
        if self.slug:
            with transaction.atomic():
                super().save(*args, **kwargs)
                self._lead_on()
            return
        attempts = 5
        for attempt in range(attempts):
            self.slug = unique_slug(self.slug_base(), self._slug_is_taken, unlisted=self.slug_is_secret())
            try:
                with transaction.atomic():
                    super().save(*args, **kwargs)
            except IntegrityError:
                if attempt == attempts - 1 or not self._slug_is_taken(self.slug):
                    raise
                self.slug = ""
            else:
                return

    def slug_base(self) -> str:
        """What the slug is made of."""
        raise NotImplementedError

    def slug_is_secret(self) -> bool:
        """Whether others must not be able to guess it or to notice that it is taken."""
        return False

    def slug_siblings(self) -> models.QuerySet[Any]:
        """The rows among which the slug is unique."""
        return type(self)._default_manager.all()

    def slug_scope(self) -> dict[str, Any]:
        """What a former slug of this row is remembered within."""
        return {}

    def _lead_on(self) -> None:
        """Leaves a redirect where the slug was changed by hand."""
        before, self._slug_before = self._slug_before, self.slug
        if not before or before == self.slug:
            return
        former = self.former_slugs.model.objects.leading_to(type(self), self.slug, **self.slug_scope())
        former.delete()
        former = self.former_slugs.model.objects.leading_to(type(self), before, **self.slug_scope())
        former.delete()
        self.former_slugs.create(slug=before, **self.slug_scope())

    def _slug_is_taken(self, slug: str) -> bool:
        return self.slug_siblings().filter(slug=slug).exclude(pk=self.pk).exists()


class Named(models.Model):
    """Has a name, the same name in the other script, further spellings, and a place in the alphabet."""

    name = models.CharField(_("name"), max_length=200)
    other_name = models.CharField(
        _("name in the other script"),
        max_length=200,
        blank=True,
        help_text=_("승현준 for Sebastian Seung, or the reverse."),
    )
    aka = models.TextField(_("also known as"), blank=True, help_text=_("Further spellings, one a line; searched."))
    sort_key = models.CharField(max_length=255, editable=False, db_index=True, default="")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps names in one Unicode form and the stored sort key beside the name."""
        self.name = clean_line(self.name)
        self.other_name = clean_line(self.other_name)
        self.aka = clean_text(self.aka)
        self.sort_key = sort_key(self.name)
        kwargs["update_fields"] = _with(kwargs.get("update_fields"), "name", {"sort_key"})
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name

    def spellings(self) -> tuple[str, ...]:
        """Every way this is written, the first one first."""
        further = (line.strip() for line in self.aka.splitlines())
        return tuple(dict.fromkeys(spelling for spelling in (self.name, self.other_name, *further) if spelling))

    def own_name(self) -> str:
        """The name in the reader's script where it has one, else the name."""
        return own_name(self.name, self.other_name)

    def both_names(self) -> str:
        """승현준 (Sebastian Seung) in Korean, Sebastian Seung (승현준) in English."""
        return both_names(self.name, self.other_name)

    def slug_base(self) -> str:
        """The Latin one of the two names, or a short id."""
        return slug_for(self.name, self.other_name)


def _with(update_fields: Iterable[str] | None, trigger: str, derived: set[str]) -> Iterable[str] | None:
    """`update_fields` with the columns that follow from `trigger`, where that one is among them."""
    if update_fields is None or trigger not in update_fields:
        return update_fields
    return {*update_fields, *derived}
