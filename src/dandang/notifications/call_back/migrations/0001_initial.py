"""Calls to make."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('casework', '0009_provisional_clocks'),
        ('notifications', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CallBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=40)),
                ('until', models.DateTimeField(null=True)),
                ('next_try_at', models.DateTimeField()),
                ('tries', models.IntegerField(default=0)),
                ('tried_at', models.DateTimeField(null=True)),
                ('result', models.CharField(blank=True, max_length=20)),
                ('closed_at', models.DateTimeField(null=True)),
                ('officer', models.CharField(blank=True, max_length=64)),
                ('post', models.CharField(blank=True, max_length=64)),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='notifications.message')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.request')),
            ],
            options={
                'db_table': 'call_back',
                'indexes': [models.Index(condition=models.Q(('result', '')), fields=['next_try_at', 'id'], name='call_back_to_make'), models.Index(condition=models.Q(('result', 'wrong_number')), fields=['request'], name='call_back_wrong')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('result', '')), fields=('request',), name='call_back_one_at_a_time')],
            },
        ),
    ]
