"""One-time codes, links in mails, counted tries."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('key', models.BinaryField(primary_key=True, serialize=False)),
                ('tries', models.IntegerField()),
                ('until', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['until'], name='attempt_until')],
            },
        ),
        migrations.CreateModel(
            name='MailLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.BinaryField(unique=True)),
                ('reference', models.CharField(max_length=16)),
                ('mark', models.CharField(max_length=32)),
                ('created_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['created_at'], name='mail_link_old')],
            },
        ),
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=16)),
                ('nonce', models.BinaryField()),
                ('created_at', models.DateTimeField()),
                ('next_try_at', models.DateTimeField(null=True)),
                ('tries', models.IntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['reference', 'created_at'], name='one_time_code_of'), models.Index(condition=models.Q(('next_try_at__isnull', False)), fields=['next_try_at'], name='one_time_code_due')],
            },
        ),
    ]
