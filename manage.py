"""Django's own commands (makemigrations, shell, …); the product's commands are `gongjia …`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjia.config.settings")
    execute_from_command_line(sys.argv)
