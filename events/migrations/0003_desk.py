"""The group *Desk*: staff who keep the catalogue and are no superusers."""

from typing import Any

from django.db import migrations

GROUP = "Desk"
KINDS = ("series", "conference", "day", "venue", "room", "talk", "appearance", "speaker", "link", "formerslug")
VERBS = ("add", "change", "delete", "view")


def open_the_desk(apps: Any, schema_editor: Any) -> None:
    """Permissions are made here as Django makes them after migrating, when they would come too late for the group."""
    alias = schema_editor.connection.alias
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    desk, _made = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=GROUP)
    for name in KINDS:
        kind, _made = kinds.get_or_create(app_label="events", model=name)
        words = apps.get_model("events", name)._meta.verbose_name_raw
        for verb in VERBS:
            permission, _made = permissions.get_or_create(
                content_type=kind, codename=f"{verb}_{name}", defaults={"name": f"Can {verb} {words}"}
            )
            desk.permissions.add(permission)


def close_the_desk(apps: Any, schema_editor: Any) -> None:
    """The group goes; its members stay staff without its permissions."""
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name=GROUP).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_programme_stamp"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(open_the_desk, close_the_desk)]
