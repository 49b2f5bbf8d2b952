import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0003_desk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='talk',
            name='former_uids',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lost_key', models.PositiveBigIntegerField(editable=False)),
                ('facts', models.JSONField(default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('moved', models.JSONField(default=dict, editable=False)),
                ('took', models.JSONField(default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('dropped', models.JSONField(default=list, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('merged_at', models.DateTimeField(auto_now_add=True)),
                ('merged_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('speaker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='events.speaker')),
                ('talk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='events.talk')),
                ('venue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='events.venue')),
            ],
            options={
                'verbose_name': 'merge',
                'verbose_name_plural': 'merges',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['lost_key'], name='events_merg_lost_ke_71174e_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('speaker__isnull', True), ('talk__isnull', False), ('venue__isnull', True)), models.Q(('speaker__isnull', False), ('talk__isnull', True), ('venue__isnull', True)), models.Q(('speaker__isnull', True), ('talk__isnull', True), ('venue__isnull', False)), _connector='OR'), name='merge_into_one_thing')],
            },
        ),
    ]
