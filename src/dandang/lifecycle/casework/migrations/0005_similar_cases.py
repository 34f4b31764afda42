from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0004_every_verb'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['category', 'area', '-id'], name='case_similar'),
        ),
    ]
