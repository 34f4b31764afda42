from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_incumbents'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(('due_at__isnull', False), ('ended_at__isnull', False)),
                fields=['due_at', 'id'],
                include=('due_clock',),
                name='case_ended_due',
            ),
        ),
    ]
