// Known names while one types, into inputs with data-complete="address". The server sends <option>s; without a script
// the input is a plain one, and any spelling typed in full is found as well.
const WAIT = 150;
const pending = new WeakMap();
let made = 0;

const optionsOf = (input) => {
  if (input.list) return input.list;
  const list = document.createElement("datalist");
  list.id = `options-${++made}`;
  input.after(list);
  input.setAttribute("list", list.id);
  return list;
};

const ask = async (input) => {
  const typed = input.value.normalize("NFC").trim();
  if (!typed) return;
  const abort = new AbortController();
  pending.set(input, { abort });
  try {
    const response = await fetch(`${input.dataset.complete}?${new URLSearchParams({ q: typed })}`, {
      headers: { "X-Requested-With": "fetch" },
      signal: abort.signal,
    });
    if (response.ok) optionsOf(input).innerHTML = await response.text();
  } catch {
    // No connection, or overtaken by the next letter: typing goes on without suggestions.
  }
};

document.addEventListener("input", (event) => {
  const input = event.target;
  // Choosing an option is an input event too, but not one of typing.
  if (!input.dataset?.complete || event.inputType === "insertReplacementText") return;
  const before = pending.get(input);
  clearTimeout(before?.timer);
  before?.abort?.abort();
  pending.set(input, { timer: setTimeout(ask, WAIT, input) });
});
