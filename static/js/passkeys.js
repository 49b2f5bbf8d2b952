// A form with data-passkey="create" or "get" asks the browser for a passkey before it is sent. What the browser is to
// sign stands in the page (data-passkey-data: the id of a JSON block) or is fetched (data-passkey-options: an address).
const asBytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const asText = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const withBytes = (named) => (named ?? []).map((one) => ({ ...one, id: asBytes(one.id) }));

const request = (options) => ({
  ...options,
  challenge: asBytes(options.challenge),
  ...(options.user && { user: { ...options.user, id: asBytes(options.user.id) } }),
  ...(options.excludeCredentials && { excludeCredentials: withBytes(options.excludeCredentials) }),
  ...(options.allowCredentials && { allowCredentials: withBytes(options.allowCredentials) }),
});

// The answer as the server reads it: every buffer as base64url.
const answer = (credential) => {
  const { response } = credential;
  const said = { clientDataJSON: asText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = asText(response[name]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: asText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  };
};

const optionsOf = async (form) => {
  const { passkeyData, passkeyOptions } = form.dataset;
  if (passkeyData) return JSON.parse(document.getElementById(passkeyData).textContent);
  const reply = await fetch(passkeyOptions, { headers: { Accept: "application/json" } });
  if (!reply.ok) throw new Error(`no options: ${reply.status}`);
  return (await reply.json()).request_options;
};

const ask = async (form) => {
  const { publicKey } = await optionsOf(form);
  const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: request(publicKey) });
  form.elements.credential.value = JSON.stringify(answer(credential));
  form.submit();
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const failed = form.querySelector("[data-passkey-failed]");
  form.querySelector("[data-passkey-ask]").hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      await ask(form);
    } catch {
      failed.hidden = false; // the person said no, no passkey fits, or it took too long
    }
  });
}
