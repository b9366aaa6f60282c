"""A mail server for tests: smtp_server.py PORT FOLDER [option...], on 127.0.0.1; PORT 0 takes any free one.

Each mail that is delivered lies in FOLDER as N.eml. It tells its port on its first line.
options: cert=FILE key=FILE (STARTTLS), tls (from the start), auth (user "shop", password "secret"), plain (STARTTLS is
not required), busy=N (the first N recipients are told 450), and the local part "unknown" is told 550.
"""
import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, folder, busy):
        self.folder = folder
        self.busy = busy
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown@"):
            return "550 5.1.1 <%s> is not known here" % address
        if self.busy > 0:
            self.busy -= 1
            return "450 4.2.0 <%s> try later" % address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = os.path.join(self.folder, "%d.eml" % self.count)
        with open(name + ".new", "wb") as file:
            head = "X-Seen: tls=%s user=%s from=%s\r\n" % (session.ssl is not None, session.authenticated, envelope.mail_from)
            file.write(head.encode() + envelope.content)
        os.rename(name + ".new", name)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"shop", b"secret"), handled=False)


async def main():
    port, folder, *options = sys.argv[1:]
    values = dict(option.partition("=")[::2] for option in options)
    context = None
    if "cert" in values:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(values["cert"], values["key"])
    handler = Handler(folder, int(values.get("busy", 0)))
    is_tls = "tls" in values

    def make():
        return SMTP(handler, hostname="test", tls_context=None if is_tls else context,
                    require_starttls=context is not None and not is_tls and "plain" not in values,
                    authenticator=authenticate, auth_required="auth" in values,
                    auth_require_tls=not is_tls and "plain" not in values)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(make, "127.0.0.1", int(port), ssl=context if is_tls else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
