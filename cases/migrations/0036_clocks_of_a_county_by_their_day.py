from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0035_hand_over_for_want_of_a_principals_power'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(
                condition=models.Q(state='running'),
                fields=['county_id', 'due_on', 'id'],
                name='clock_county_due',
            ),
        ),
    ]
