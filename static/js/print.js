/* A button that prints the page; without JavaScript the browser's own menu does. Pictures further down have not been
   asked for yet: they are before the page goes to paper. */
const pictures = () => [...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => {});
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", async () => {
    await Promise.all(pictures());
    window.print();
  });
}
