// Stands before markdownx.js. Events are heard at the document in the capture phase, before any listener of the text
// box itself: what markdownx would spoil (Tab, undo, dragged text) never reaches it.
(() => {
  const STOLEN = new Set(["Tab", "d", "[", "]"]);
  const editorOf = (target) => (target instanceof Element && target.matches("textarea.markdownx-editor") ? target : null);

  // insertText keeps undo; setRangeText is for a box that is not focused, or a browser without it.
  const replace = (editor, start, end, text) => {
    if (document.activeElement === editor) {
      editor.setSelectionRange(start, end);
      if (text ? document.execCommand("insertText", false, text) : document.execCommand("delete")) return;
    }
    editor.setRangeText(text, start, end, "end");
    editor.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // Each tool gives the range it replaces, what it puts there, and where the cursor then stands.
  const around = (before, after) => (text, start, end) => {
    const from = start + before.length;
    return [start, end, before + text.slice(start, end) + after, from, from + end - start];
  };
  const atLines = (mark) => (text, start, end) => {
    const first = text.lastIndexOf("\n", start - 1) + 1;
    const marked = text.slice(first, end).replace(/^/gm, mark);
    return [first, end, marked, first + marked.length, first + marked.length];
  };
  const block = (fence) => (text, start, end) => {
    const before = `${start && text[start - 1] !== "\n" ? "\n" : ""}${fence}\n`;
    const after = `\n:::${text[end] === "\n" ? "" : "\n"}`;
    return around(before, after)(text, start, end);
  };
  const tools = {
    bold: () => around("**", "**"),
    quote: () => atLines("> "),
    "follow-up": () => atLines("- [ ] "),
    "off-record": (box) => block(`::: ${box.dataset.private}`),
  };

  const use = (button) => {
    const box = button.closest("[data-editor]");
    const editor = box.querySelector("textarea");
    const tool = tools[button.dataset.tool];
    if (!tool || editor.dataset.composing) return;
    editor.focus();
    const [start, end, text, from, to] = tool(box)(editor.value, editor.selectionStart, editor.selectionEnd);
    replace(editor, start, end, text);
    editor.setSelectionRange(from, to);
  };

  const grow = (editor) => {
    if (CSS.supports("field-sizing", "content")) return;
    const { scrollY } = window;
    editor.style.height = "auto";
    editor.style.height = `${editor.scrollHeight + 4}px`;
    window.scrollTo(0, scrollY);
  };

  // After signing in again in another tab the token of this page is stale, and the cookie's is right.
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  const refreshToken = (form) => {
    const field = form.querySelector("input[name=csrfmiddlewaretoken]");
    if (field && token()) field.value = token();
  };

  const showPreview = (event) => {
    const box = event.target;
    const shown = box.querySelector(".markdownx-preview");
    if (shown.querySelector("[data-preview]")) return;
    let sentence = box.dataset.noPreview;
    try {
      sentence = JSON.parse(event.detail[0]).error || sentence;
    } catch {
      // Not an answer of ours: a page about an error, or nothing.
    }
    shown.textContent = sentence;
  };

  const show = (root) => {
    for (const part of root.querySelectorAll("[data-editor-tools], [data-editor-preview]")) part.hidden = false;
    root.querySelectorAll("textarea.markdownx-editor").forEach(grow);
  };

  document.addEventListener("keydown", (event) => {
    if (editorOf(event.target) && STOLEN.has(event.key)) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("compositionstart", (event) => { if (editorOf(event.target)) event.target.dataset.composing = "1"; }, true);
  document.addEventListener("compositionend", (event) => { if (editorOf(event.target)) delete event.target.dataset.composing; }, true);
  document.addEventListener("input", (event) => { if (editorOf(event.target)) grow(event.target); }, true);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-editor] [data-tool]");
    if (button) use(button);
  });
  document.addEventListener("submit", (event) => { if (event.target.querySelector("[data-editor]")) refreshToken(event.target); }, true);
  document.addEventListener("markdownx.update", showPreview, true);
  document.addEventListener("DOMContentLoaded", () => show(document));
  // htmx copies the style of a box to its successor as an attribute, which the Content-Security-Policy refuses.
  document.addEventListener("htmx:beforeSwap", () => {
    for (const editor of document.querySelectorAll("textarea.markdownx-editor")) editor.removeAttribute("style");
  });
  document.addEventListener("htmx:afterSwap", (event) => show(event.target.parentElement ?? document));

  window.lanyardEditor = { editorOf, replace, token };
})();
