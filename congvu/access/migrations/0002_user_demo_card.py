from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="demo_card",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What the card of a simulated role says on the sign-in page; empty for real people.",
                max_length=300,
            ),
        ),
    ]
