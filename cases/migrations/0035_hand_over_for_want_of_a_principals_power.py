from django.db import migrations, models


class Migration(migrations.Migration):
    """Name the hand-over of a case whose principal lost the power it had delegated."""

    dependencies = [("cases", "0034_where_a_case_lies")]

    operations = [
        migrations.AlterField(
            model_name="handover",
            name="ground",
            field=models.CharField(
                choices=[
                    ("decided", "按当日权限移交"),
                    ("delegation_ended", "委托终止，由委托机关办理"),
                    ("principal_lost", "委托机关已无该项职权，由有权机关办理"),
                    ("empowerment_ended", "赋权收回，由有权机关办理"),
                    ("body_ended", "机关撤并，由承继机关办理"),
                ],
                default="decided",
                max_length=20,
                verbose_name="移交情形",
            ),
        ),
    ]
