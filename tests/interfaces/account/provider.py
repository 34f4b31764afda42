"""A small OpenID provider of our own: 127.0.0.1 alone, real RS256 tokens, PKCE checked."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, KEY_ID = "dandang", "the provider's secret", "k1"


@dataclass
class Provider:
    """Whoever comes is `claims`. `signer` is the key that signs; `challenges` are those of PKCE."""

    address: str = ""
    claims: dict = field(default_factory=dict)
    published: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    signer: rsa.RSAPrivateKey | None = None
    challenges: dict[str, str] = field(default_factory=dict)

    def authorized(self, url: str) -> dict[str, str]:
        """Agree to a request that a browser was sent here with; return what it goes back with."""
        asked = {name: one[0] for name, one in parse_qs(urlsplit(url).query).items()}
        assert asked["code_challenge_method"] == "S256"
        self.challenges["code-1"] = asked["code_challenge"]
        return {"code": "code-1", "state": asked["state"]}

    def token(self, form: dict[str, str]) -> dict[str, object]:
        """Give a token for a code, to whoever began with it."""
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if form["client_secret"] != SECRET or proof != self.challenges.pop(form["code"], None):
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
        signed = jwt.encode(claims, self.signer or self.published, "RS256", headers={"kid": KEY_ID})
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}

    def answer(self, path: str) -> dict[str, object]:
        """Say what the provider is, and what its keys are."""
        if path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.published.public_key()))
            return {"keys": [{**key, "kid": KEY_ID, "alg": "RS256", "use": "sig"}]}
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }


@contextmanager
def providing() -> Iterator[Provider]:
    """Run a provider."""
    provider = Provider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.give(provider.answer(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.give(provider.token({name: one[0] for name, one in parse_qs(body).items()}))

        def give(self, answer: dict[str, object]) -> None:
            self.send_response(400 if "error" in answer else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
