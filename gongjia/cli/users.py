"""`gongjia user`: accounts, passwords, roles, tokens, from the machine itself; each leaves its trail in the audit."""

from __future__ import annotations

import sys
from typing import Any

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gongjia.api.models import Token
from gongjia.api.services import issue
from gongjia.cli.ending import DONE, CannotDo
from gongjia.cli.home import acting
from gongjia.core import audit
from gongjia.core.action import actions
from gongjia.core.periods import today
from gongjia.core.problems import Refused
from gongjia.org.models import User


@click.group("user")
def user() -> None:
    """Accounts: add, password, grant, token, revoke."""


def person_named(name: str) -> Any:
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CannotDo(_("没有名为“%(name)s”的用户。") % {"name": name})
    return found


def asked_password(account: Any) -> str:
    """Read a password twice from the terminal, or once from standard input; refuse a weak one."""
    if sys.stdin.isatty():
        text = click.prompt(_("密码"), hide_input=True, confirmation_prompt=_("再输一次"), err=True)
    else:
        text = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(text, account)
    except ValidationError as weak:
        raise CannotDo(" ".join(weak.messages)) from None
    return text


def note(actor: Any, action: str, account: Any, after: dict[str, Any]) -> None:
    """Write what was done to an account into the audit."""
    batch = audit.open_batch(action, actor.pk, "cli", None)
    trail = audit.Trail()
    trail.add("org.user", account.pk, None, None, after)
    audit.write(trail, batch, action, actor.pk)


@user.command("add")
@click.argument("name")
@click.option("--full-name", default="", help="What pages call the person.")
@click.pass_context
def add(ctx: click.Context, name: str, full_name: str) -> int:
    """Add the account NAME; its password is asked for, or read from standard input."""
    actor = acting(ctx)
    if User.objects.filter(username=name).exists():
        raise CannotDo(_("用户“%(name)s”已经有了。") % {"name": name})
    account = User(username=name, name=full_name or name)
    account.set_password(asked_password(account))
    with transaction.atomic():
        account.save()
        note(actor, "org.add_user", account, {"username": name, "name": account.name})
    return DONE


@user.command("password")
@click.argument("name")
@click.pass_context
def password(ctx: click.Context, name: str) -> int:
    """Set a new password for the account NAME."""
    actor, account = acting(ctx), person_named(name)
    account.set_password(asked_password(account))
    with transaction.atomic():
        account.save(update_fields=["password"])
        note(actor, "org.set_password", account, {"username": name})
    return DONE


@user.command("grant")
@click.argument("name")
@click.argument("role")
@click.argument("unit", metavar="UNIT")
@click.option("--to", "valid_to", default="", metavar="DATE", help="The day on which the role ends.")
@click.pass_context
def grant(ctx: click.Context, name: str, role: str, unit: str, valid_to: str) -> int:
    """Give the account NAME a ROLE over UNIT (a code) and all below it, from today."""
    actor, account = acting(ctx), person_named(name)
    row = {"user": account.username, "role": role, "unit": unit, "valid_from": today(), "valid_to": valid_to}
    try:
        actions["org.grant_role"].run(actor, row, origin="cli")
    except Refused as no:
        raise CannotDo(_("；").join(str(problem.message) for problem in no.problems)) from None
    return DONE


@user.command("token")
@click.argument("name")
@click.option("--label", required=True, help="What the token is for.")
@click.option("--days", type=click.IntRange(1), default=None, help="How long it opens the door; without it, until revoked.")
@click.pass_context
def token(ctx: click.Context, name: str, label: str, days: int | None) -> int:
    """Print a token by which a program acts for NAME; it is shown this once."""
    actor = acting(ctx)
    click.echo(issue(person_named(name), label, actor, days)[1])
    return DONE


@user.command("revoke")
@click.argument("name")
@click.option("--label", default="", help="Only the tokens of this purpose.")
@click.pass_context
def revoke(ctx: click.Context, name: str, label: str) -> int:
    """Revoke the tokens of NAME."""
    actor = acting(ctx)
    found = Token.objects.valid().filter(user=person_named(name), **({"label": label} if label else {}))
    ids = list(found.values_list("pk", flat=True))
    if ids:
        actions["api.revoke_token"].run_many(actor, [{"id": pk} for pk in ids], origin="cli")
    click.echo(str(len(ids)))
    return DONE
