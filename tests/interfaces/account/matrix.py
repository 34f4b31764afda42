"""The addresses of signing in and of accounts, for the permission matrix: who gets what.

The accounts of the matrix have neither a password nor a second factor. What administrators and
auditors see and do stands in `test_accounts.py`.
"""

OUTSIDE = ("stranger", "own", "other")
SIGN_IN, DESK, HERE = "/login/", "/desk/", "account/second-factor/"


def pages(roles):
    """Return the rows for these roles: address, answers to GET, answers to POST with nothing."""

    def everybody(answer):
        return dict.fromkeys(roles, answer)

    def mine(answer):
        """Whoever is signed in; all others sign in first."""
        return {**everybody(answer), **dict.fromkeys(OUTSIDE, SIGN_IN)}

    def out(answer):
        """Only whoever is signing in: others are at the desk already."""
        return {**everybody(DESK), **dict.fromkeys(OUTSIDE, answer)}

    closed, wrong_method = mine(403), everybody(405)
    return {
        "login/code/": (out(SIGN_IN), out(SIGN_IN)),
        "login/passkey/": (out(SIGN_IN), out(SIGN_IN)),
        "login/oidc/": (wrong_method, everybody(404)),
        "login/oidc/callback/": (everybody(404), wrong_method),
        "account/": (mine(200), wrong_method),
        "account/language/": (wrong_method, mine("/account/")),
        "account/sessions/": (mine(200), mine("/account/sessions/")),
        "account/events/": (mine(200), wrong_method),
        "account/events/all/": (closed, wrong_method),
        "account/events/all.csv": (closed, wrong_method),
        "account/people/": (closed, wrong_method),
        "account/people/<officer>/": (closed, closed),
        "account/invitation/": (everybody(200), everybody(422)),
        "account/password/": (mine("/account/"), mine("/account/")),
        "account/confirm/": (closed, closed),
        "account/confirm/code/": (closed, closed),
        "account/confirm/passkey/": (closed, closed),
        HERE: (mine(200), mine(405)),
        f"{HERE}app/": (mine(200), mine(422)),
        f"{HERE}app/remove/": (mine(404), mine(404)),
        f"{HERE}codes/": (mine(404), mine(405)),
        f"{HERE}codes/new/": (mine(200), mine(422)),
        f"{HERE}passkeys/new/": (mine(200), mine(422)),
        f"{HERE}passkeys/<key>/": (mine(404), mine(404)),
        f"{HERE}passkeys/<key>/remove/": (mine(404), mine(404)),
    }
