/* A button that copies a line, for a person who has to send it on. Without JavaScript the line is there to select. */
for (const button of document.querySelectorAll("[data-copy-button]")) {
  const line = button.closest("[data-copy-from]").querySelector("[data-copy]");
  button.hidden = !navigator.clipboard;
  line.addEventListener("focus", () => line.select());
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(line.value);
    button.querySelector("span").textContent = button.dataset.copied;
  });
}
