"""How forms come out as HTML: our own pattern of a form and of a field, everywhere but in the admin's own templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders `{{ form }}` and `{{ field.as_field_group }}` with the templates of the site.

    The names are ours, not overrides of Django's, so that the admin keeps its own look. "django.forms" has to be an
    installed app, because the widgets' templates are found there.
    """

    form_template_name = "_parts/_form.html"
    field_template_name = "_parts/_field.html"
    formset_template_name = "_parts/_formset.html"
