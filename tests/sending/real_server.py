"""Hands the drafts of a demo to a real mail server (aiosmtpd) and looks at what comes out at the other end.

    python real_server.py PROGRAM FOLDER      FOLDER is what `quarterday demo FOLDER` laid out; it is left as it is

For each workspace, by turns over STARTTLS with a password, TLS from the start, and an open connection:

* every draft that has an addressee goes, once, in a message of its own, from the sender to its To and Cc and nobody else;
* on the wire there is no Bcc and no X-Unsent, one Date and one From, and the rest of the header is the draft's;
* the body is the draft's, byte for byte, and each attachment the file that the list of drafts names;
* a second send sends nothing, and says so.

And once: a wrong password, a certificate of an unknown authority or for another name, and a server without STARTTLS get no mail, and
the password is shown nowhere. Ends with status 1 when anything is not so.
"""

import argparse
import datetime
import email
import email.policy
import email.utils
import hashlib
import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER = "contracts"
PASSWORD = "correct-horse-battery"
SENDER = "contracts@council.example"
# Longest time for one command, in seconds.
PATIENCE = 300

faults = []


def check(right, text):
    if not right:
        faults.append(text)
        print(f"WRONG: {text}")


class Post:
    """Keeps what it is handed."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, server, session, envelope):
        self.taken.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content, server.transport.get_extra_info("ssl_object") is not None))
        return "250 2.0.0 Ok: queued"


def authenticator(server, session, envelope, mechanism, data):
    known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    # Not handled here: the server itself says no.
    return AuthResult(success=known, handled=False)


class Server:
    """A mail server of one of the kinds, for a `with`."""

    def __init__(self, kind, context):
        self.post = Post()
        options = {"hostname": "127.0.0.1", "port": 0, "data_size_limit": 50 << 20}
        if kind == "starttls":
            options |= {
                "tls_context": context,
                "require_starttls": True,
                "authenticator": authenticator,
                "auth_required": True,
            }
        elif kind == "tls":
            options |= {"ssl_context": context}
        self.controller = Server.OnAnyPort(self.post, **options)

    class OnAnyPort(Controller):
        """A controller that takes a port that is free."""

        def _trigger_server(self):
            self.port = self.server.sockets[0].getsockname()[1]
            super()._trigger_server()

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()

    @property
    def port(self):
        return self.controller.port


def settings(workspace, lines):
    """The workspace's own settings with a table [mail], and a sender where there is none."""
    path = workspace / "quarterday.toml"
    own = workspace / "own-settings.toml"
    if not own.exists():
        own.write_text(path.read_text(encoding="utf-8") if path.exists() else "", encoding="utf-8")
    text = own.read_text(encoding="utf-8")
    known = tomllib.loads(text)
    check("mail" not in known, f"{workspace.name}: the demo names a mail server")
    if "email" not in known.get("sender", {}):
        check("sender" not in known, f"{workspace.name}: a sender without an address")
        text += f'\n[sender]\nname = "Contracts – Anyshire"\nemail = "{SENDER}"\n'
    path.write_text(text + "\n[mail]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return known.get("sender", {}).get("email", SENDER)


def run(program, workspace, *arguments):
    done = subprocess.run(
        [program, "send", str(workspace), *arguments],
        capture_output=True,
        timeout=PATIENCE,
        env=os.environ | {"QUARTERDAY_TEST_PASSWORD": PASSWORD},
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    check(PASSWORD not in out + err, f"{workspace.name}: the password was shown")
    return done.returncode, out, err


def today(workspace):
    """Drafts go on the day they are of and the next; a demo is of a fixed day."""
    path = workspace / "out" / "drafts.json"
    listed = json.loads(path.read_text(encoding="utf-8"))
    listed["as_of"] = datetime.date.today().isoformat()
    path.write_text(json.dumps(listed), encoding="utf-8")
    return {draft["message_id"]: draft for draft in listed["drafts"]}


def look(workspace, draft, sender, mail_from, recipients, content):
    """Holds a message against the draft it was."""
    what = f"{workspace.name}: {draft['file']}"
    out = workspace / "out"
    check(mail_from == sender, f"{what}: from {mail_from}")
    check(recipients == list(dict.fromkeys(draft["to"] + draft["cc"])), f"{what}: to {recipients}")
    original = (out / draft["file"]).read_bytes()
    check(hashlib.sha256(original).hexdigest() == draft["sha256"], f"{what}: the draft was changed")
    head, _, body = content.partition(b"\r\n\r\n")
    check(body == original.partition(b"\r\n\r\n")[2], f"{what}: the body is not the draft's")
    message = email.message_from_bytes(content, policy=email.policy.default)
    names = [name.lower() for name in message.keys()]
    for name in ("bcc", "x-unsent"):
        check(name not in names, f"{what}: {name} is on the wire")
    for name in ("date", "from", "to", "subject", "message-id"):
        check(names.count(name) == 1, f"{what}: {names.count(name)} headers {name}")
    check(message["message-id"] == f"<{draft['message_id']}>", f"{what}: Message-ID {message['message-id']}")
    check(message["subject"] == draft["subject"], f"{what}: subject {message['subject']}")
    for name in ("to", "cc"):
        found = [address for _, address in email.utils.getaddresses(message.get_all(name, []))]
        check(found == draft[name], f"{what}: {name} {found}")
    check(email.utils.parseaddr(message["from"])[1] == sender, f"{what}: from {message['from']}")
    age = abs(email.utils.parsedate_to_datetime(message["date"]).timestamp() - datetime.datetime.now().timestamp())
    check(age < PATIENCE, f"{what}: dated {message['date']}")
    gone = (b"x-unsent:", b"bcc:", b"date:")
    kept = [line for line in original.partition(b"\r\n\r\n")[0].split(b"\r\n") if not line.lower().startswith(gone)]
    check(b"\r\n".join(kept) in head, f"{what}: the header is not the draft's")
    attached = list(message.iter_attachments())
    check(len(attached) == len(draft["attachments"]), f"{what}: {len(attached)} attachments")
    for part, own in zip(attached, draft["attachments"]):
        data = part.get_payload(decode=True)
        check(part.get_filename() == own["name"], f"{what}: attachment {part.get_filename()}")
        check(data == (out / own["file"]).read_bytes(), f"{what}: {own['name']} is not the file")
        check(hashlib.sha256(data).hexdigest() == own["sha256"], f"{what}: {own['name']} has another hash")


def send(program, workspace, kind, context, root):
    drafts = today(workspace)
    with Server(kind, context) as server:
        lines = ['server = "localhost"', f"port = {server.port}", f'security = "{kind}"']
        if kind != "none":
            lines.append(f"root-certificate = '{root}'")
        if kind == "starttls":
            lines += [f'user = "{USER}"', 'password-env = "QUARTERDAY_TEST_PASSWORD"']
        sender = settings(workspace, lines)
        status, out, err = run(program, workspace, "--dry-run", "--json")
        check(status in (0, 1), f"{workspace.name}: {err}")
        if status not in (0, 1):
            return 0
        before = json.loads(out)["messages"]
        check(not server.post.taken, f"{workspace.name}: a dry run sent something")
        check([own["message_id"] for own in before] == list(drafts), f"{workspace.name}: not every draft is told of")
        for own in before:
            right = own["state"] == "ready" if own["to"] else own["state"] == "refused"
            check(right, f"{workspace.name}: {own['file']}: {own['state']} {own['why']}")
        ready = [own["message_id"] for own in before if own["state"] == "ready"]
        status, out, err = run(program, workspace, "--yes", "--client-rows", "--json")
        expected = 0 if len(ready) == len(before) else 1
        check(status == expected, f"{workspace.name}: status {status} {err}")
        taken = server.post.taken
        check(len(taken) == len(ready), f"{workspace.name}: {len(taken)} of {len(ready)} came")
        for identity, (mail_from, recipients, content, encrypted) in zip(ready, taken):
            check(encrypted == (kind != "none"), f"{workspace.name}: over {kind} encrypted is {encrypted}")
            look(workspace, drafts[identity], sender, mail_from, recipients, content)
        status, out, err = run(program, workspace, "--yes", "--client-rows", "--json")
        check(len(taken) == len(ready), f"{workspace.name}: a second send sent something")
        again = [own["state"] for own in json.loads(out)["messages"] if own["message_id"] in ready]
        check(all(state == "sent-already" for state in again), f"{workspace.name}: {again}")
        journal = (workspace / "sent.jsonl").read_text(encoding="utf-8") if ready else ""
        check(PASSWORD not in journal, f"{workspace.name}: the password is in the journal")
        check(journal.count('"kind":"sent"') == len(ready), f"{workspace.name}: the journal does not tell of all")
        print(f"{workspace.name}: {len(ready)} of {len(before)} drafts went over {kind}")
        return len(ready)


def turned_away(program, workspace, context, other_context, root):
    """Connections over which nothing may go."""
    (workspace / "sent.jsonl").unlink(missing_ok=True)
    wrong = workspace / "wrong.txt"
    wrong.write_text("swordfish-1789\n")
    login = [f'user = "{USER}"', "password-file = 'wrong.txt'"]
    trusted = [f"root-certificate = '{root}'"]
    for kind, served, security, lines, words in [
        ("starttls", context, "starttls", login + trusted, "does not let this user in"),
        ("starttls", context, "starttls", login, "an authority that this computer does not know"),
        ("starttls", other_context, "starttls", login + trusted, "made out to another name"),
        ("tls", other_context, "tls", trusted, "made out to another name"),
        ("none", context, "starttls", login + trusted, "offers no encryption"),
    ]:
        with Server(kind, served) as server:
            settings(workspace, ['server = "localhost"', f"port = {server.port}", f'security = "{security}"', *lines])
            status, out, err = run(program, workspace, "--yes", "--client-rows")
            said = " ".join(err.split())
            check(status == 2 and words in said, f"{kind}: status {status}, not “{words}”: {said}")
            check(not server.post.taken, f"{kind}: mail went where {words}")
            check("swordfish" not in out + err, f"{kind}: the password was shown")
            check(not (workspace / "sent.jsonl").exists(), f"{kind}: the journal tells of what did not go")
            print(f"turned away: {words}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        authority = trustme.CA()
        root = scratch / "root.pem"
        authority.cert_pem.write_to_path(root)

        def served(name):
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            authority.issue_cert(name).configure_cert(context)
            return context

        context, other_context = served("localhost"), served("mail.elsewhere.example")
        went, last = 0, None
        kinds = ["starttls", "tls", "none"]
        for turn, folder in enumerate(sorted(path for path in asked.folder.iterdir() if path.is_dir())):
            workspace = scratch / folder.name
            shutil.copytree(folder, workspace)
            own = send(asked.program, workspace, kinds[turn % len(kinds)], context, root)
            went, last = went + own, workspace if own else last
        check(went > 0, "no draft of the demo has an addressee")
        if last is not None:
            turned_away(asked.program, last, context, other_context, root)
        print(f"{went} messages went, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
