"""Subscriptions of other systems, and what is on its way to them."""

import dandang.notifications.webhook.models
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=500)),
                ('types', models.JSONField(default=list)),
                ('secret', models.CharField(max_length=100)),
                ('secret_before', models.CharField(blank=True, max_length=100)),
                ('before_until', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('idx', models.BigIntegerField()),
                ('delivered', models.BigIntegerField(default=0)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('failures', models.IntegerField(default=0)),
                ('failing_since', models.DateTimeField(null=True)),
                ('next_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=40)),
                ('claimed_until', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'webhook_subscription',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('idx', models.BigIntegerField()),
                ('stream', models.BinaryField()),
                ('tries', models.IntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('state', models.CharField(default=dandang.notifications.webhook.models.DeliveryState['WAITING'], max_length=10)),
                ('error', models.CharField(blank=True, max_length=40)),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='webhook.subscription')),
            ],
            options={
                'db_table': 'webhook_delivery',
                'indexes': [models.Index(condition=models.Q(('state', dandang.notifications.webhook.models.DeliveryState['WAITING'])), fields=['subscription', 'stream', 'idx'], name='webhook_waiting'), models.Index(condition=models.Q(('state', dandang.notifications.webhook.models.DeliveryState['DEAD'])), fields=['subscription', 'idx'], name='webhook_dead')],
                'constraints': [models.UniqueConstraint(fields=('subscription', 'idx'), name='webhook_once')],
            },
        ),
    ]
