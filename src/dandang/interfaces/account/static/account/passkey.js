"use strict";
// Lets the browser make or use a passkey, and sends what it gives with the form.
const bytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const ids = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function create({ publicKey }) {
  return navigator.credentials.create({ publicKey: {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: ids(publicKey.excludeCredentials),
  } });
}

async function get({ publicKey }) {
  return navigator.credentials.get({ publicKey: {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    allowCredentials: ids(publicKey.allowCredentials),
  } });
}

function plain(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    type: credential.type, id: credential.id, rawId: text(credential.rawId), response,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function options(form) {
  if (form.dataset.passkey !== "fetch")
    return JSON.parse(document.getElementById("passkey-data").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return answer.json();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-failed]");
    failed.textContent = "";
    try {
      const asked = await options(form);
      const made = asked.creation_options ? await create(asked.creation_options) : await get(asked.request_options);
      form.elements.credential.value = plain(made);
      form.submit();
    } catch {
      failed.textContent = failed.dataset.failed;
    }
  });
}
