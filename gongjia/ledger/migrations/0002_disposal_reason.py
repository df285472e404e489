from django.db import migrations, models

REASONS = [
    ("obsolete", "技术原因确需淘汰"),
    ("beyond_repair", "无法维修或无维修价值"),
    ("loss", "盘亏、非正常损失"),
    ("worn_out", "已超过使用年限且无法满足需要"),
    ("force_majeure", "不可抗力毁损、灭失"),
    ("surplus", "闲置或超标准配置"),
    ("reform", "机构变动"),
    ("other", "其他"),
]


class Migration(migrations.Migration):

    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="asset",
            name="disposal_reason",
            field=models.CharField(blank=True, choices=REASONS, max_length=16, verbose_name="处置理由"),
        ),
    ]
