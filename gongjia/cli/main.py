"""`gongjia`: finds the command, prepares Django, and ends with a code that a script can trust.

0 done · 1 done, with refused rows or findings · 2 could not, and one line on stderr says why.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module

import click

from gongjia.cli.ending import COULD_NOT, CannotDo, reason

COMMANDS = {
    "import": "importing:import_file",
    "check": "checking:check",
    "explain": "checking:explain",
    "ask": "checking:ask",
    "standards": "standards:standards",
    "routes": "routes:routes",
    "export": "exporting:export",
    "depreciate": "books:depreciate",
    "as-of": "books:as_of",
    "annual": "books:annual",
    "expiring": "renting:expiring",
    "demo": "demo:demo",
    "serve": "serving:serve",
    "worker": "working:worker",
    "migrate": "keeping:migrate",
    "journal": "journal:journal",
    "backup": "keeping:backup",
    "restore": "keeping:restore",
    "user": "users:user",
    "plan": "plan:plan",
}


class Commands(click.Group):
    """Loads a command when it is named, so that each start pays only for what it uses."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        prepare()
        module, name = COMMANDS[cmd_name].split(":")
        return getattr(import_module(f"gongjia.cli.{module}"), name)


def prepare() -> None:
    """Load settings and every declaration; the language is the one that GONGJIA_LANG names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjia.config.settings")
    import_module("django").setup()
    language = "en" if os.environ.get("GONGJIA_LANG", "").lower().startswith("en") else "zh-hans"
    import_module("django.utils.translation").activate(language)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gongjia")
@click.option("--as", "actor", metavar="USER", default="", help="Act with this user's rights instead of the system's.")
@click.pass_context
def gongjia(ctx: click.Context, actor: str) -> None:
    """What the public owns, which rule it breaks, by which clause.

    Exit codes: 0 done; 1 done, with refused rows or findings; 2 could not, and one line on stderr says why.
    GONGJIA_HOME names the folder of database and files; an empty one is initialised on first use. GONGJIA_LANG=en speaks English.
    """
    ctx.obj = actor


def run(arguments: list[str] | None = None) -> int:
    """Run one command line and return its exit code; nothing but `GONGJIA_DEBUG=1` shows a traceback."""
    try:
        code = gongjia.main(args=arguments, prog_name="gongjia", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has read enough
        return 0
    except (KeyboardInterrupt, click.Abort):
        return _could_not("stopped", 130)
    except (click.ClickException, CannotDo) as known:
        return _could_not(reason(known))
    except Exception as unknown:
        if os.environ.get("GONGJIA_DEBUG"):
            traceback.print_exc()
        return _could_not(reason(unknown))
    return code if isinstance(code, int) else 0


def _could_not(why: str, code: int = COULD_NOT) -> int:
    print(f"gongjia: {why}", file=sys.stderr)
    return code


def main() -> None:
    """The entry point of the installed command."""
    sys.exit(run())
