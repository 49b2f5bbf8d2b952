// After a refused form the summary of errors is the first thing under the eye and the reader.
const point = (root) => root.querySelector("[data-errors]")?.focus();

point(document);
document.addEventListener("htmx:afterSwap", (event) => point(event.target));
