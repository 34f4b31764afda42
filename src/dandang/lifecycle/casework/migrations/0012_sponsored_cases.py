from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0011_published_cases'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(('ended_at', None), models.Q(('sponsor', ''), _negated=True)),
                fields=['sponsor', 'id'],
                name='case_sponsored',
            ),
        ),
    ]
