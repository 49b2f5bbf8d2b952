// Pictures by button, paste or drop: one a request, in turn. A placeholder stands in the text until the picture is kept,
// and goes again when it is not; nothing else of the text is touched. Needs editor.js.
(() => {
  const { editorOf, replace, token } = window.lanyardEditor;
  const boxes = new WeakMap();
  let count = 0;

  const stateOf = (box) => {
    if (!boxes.has(box)) boxes.set(box, { queue: Promise.resolve(), waiting: 0, submitter: undefined });
    return boxes.get(box);
  };

  const say = (box, sentence, { error = false, parts = [] } = {}) => {
    const status = box.querySelector("[data-editor-status]");
    status.classList.toggle("is-error", error);
    status.replaceChildren(sentence, ...parts);
  };

  const button = (words, act) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "button is-small", textContent: words });
    made.addEventListener("click", act);
    return made;
  };

  const link = (words, address) => Object.assign(document.createElement("a"), { href: address, target: "_blank", rel: "noopener", textContent: words });

  const idle = (editor) => new Promise((go) => {
    if (!editor.dataset.composing) go();
    else editor.addEventListener("compositionend", () => setTimeout(go), { once: true });
  });

  // The text may have moved on meanwhile: the placeholder is looked for, and the cursor stays where it is.
  const exchange = async (editor, placeholder, text) => {
    await idle(editor);
    const at = editor.value.indexOf(placeholder);
    if (at < 0) return;
    const { selectionStart, selectionEnd } = editor;
    const shift = text.length - placeholder.length;
    const moved = (place) => (place > at ? Math.max(at, place + shift) : place);
    replace(editor, at, at + placeholder.length, text);
    editor.setSelectionRange(moved(selectionStart), moved(selectionEnd));
  };

  const send = async (editor, file) => {
    const body = new FormData();
    body.append("image", file, file.name);
    const conference = editor.form?.elements.namedItem("conference");
    if (conference?.value) body.append("conference", conference.value);
    const headers = { "X-CSRFToken": token() ?? editor.form?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "", "X-Requested-With": "fetch", Accept: "application/json" };
    const answer = await fetch(editor.dataset.markdownxUploadUrlsPath, { method: "POST", body, headers, credentials: "same-origin" });
    const said = await answer.json().catch(() => ({}));
    return answer.ok ? said : Promise.reject(said);
  };

  const explain = (box, editor, file, said) => {
    const unreachable = said instanceof Error;
    const parts = said.login ? [" ", link(box.dataset.login, said.login)] : [];
    if (unreachable || said.login) parts.push(button(box.dataset.again, () => add(editor, [file])));
    say(box, unreachable ? box.dataset.unreachable : said.error || box.dataset.failed, { error: true, parts });
  };

  const upload = async (box, editor, file, placeholder, placed) => {
    const state = stateOf(box);
    try {
      const said = await send(editor, file);
      await exchange(editor, placeholder, said.image_code);
      say(box, box.dataset.added);
    } catch (said) {
      await exchange(editor, editor.value.includes(placed) ? placed : placeholder, "");
      state.submitter = undefined;
      explain(box, editor, file, said);
    }
    state.waiting -= 1;
    if (!state.waiting && state.submitter !== undefined) editor.form.requestSubmit(state.submitter);
  };

  // A picture among words would be glued to them; in a paragraph of its own it stands as a picture.
  const onALineOfItsOwn = ({ value, selectionStart, selectionEnd }, text) => {
    const before = value.slice(0, selectionStart);
    const lead = !before.trim() || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    return `${lead}${text}${value[selectionEnd] === "\n" ? "" : "\n"}`;
  };

  const add = (editor, files) => {
    const box = editor.closest("[data-editor]");
    const state = stateOf(box);
    for (const file of files) {
      count += 1;
      const placeholder = `![${box.dataset.uploading} ${count}…]()`;
      editor.focus();
      const placed = onALineOfItsOwn(editor, placeholder);
      replace(editor, editor.selectionStart, editor.selectionEnd, placed);
      state.waiting += 1;
      state.queue = state.queue.then(() => upload(box, editor, file, placeholder, placed));
    }
    say(box, `${box.dataset.uploading}…`);
  };

  // Text dragged about stays the browser's business; markdownx would swallow it.
  const drag = (event) => {
    const files = event.dataTransfer?.types.includes("Files");
    if (event.target instanceof HTMLInputElement && event.target.type === "file") event.stopImmediatePropagation();
    const editor = editorOf(event.target);
    if (!editor) return;
    event.stopImmediatePropagation();
    if (!files) return;
    event.preventDefault();
    if (event.type === "drop") add(editor, event.dataTransfer.files);
  };

  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) document.addEventListener(type, drag, true);
  document.addEventListener("paste", (event) => {
    const editor = editorOf(event.target);
    if (!editor) return;
    event.stopImmediatePropagation();
    const { files, types } = event.clipboardData ?? { files: [], types: [] };
    if (!files.length || types.includes("text/plain")) return;
    event.preventDefault();
    add(editor, files);
  }, true);
  document.addEventListener("click", (event) => {
    const chosen = event.target instanceof Element && event.target.closest("[data-tool=picture]");
    if (chosen) chosen.closest("[data-editor]").querySelector("[data-editor-files]").click();
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-editor-files]")) return;
    add(event.target.closest("[data-editor]").querySelector("textarea"), [...event.target.files]);
    event.target.value = "";
  });
  document.addEventListener("submit", (event) => {
    const box = event.target.querySelector("[data-editor]");
    if (!box || !stateOf(box).waiting) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    stateOf(box).submitter = event.submitter ?? null;
    say(box, box.dataset.waiting);
  }, true);
})();
