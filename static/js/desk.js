/* The desk's boxes that complete what is typed say their label: Select2 would name them by what is chosen, and an empty
   one by nothing. */

function say(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const chosen = select.nextElementSibling?.querySelector(".select2-selection__rendered");
    const label = select.getAttribute("aria-label") ?? select.labels[0]?.textContent.trim().replace(/:$/, "");
    if (chosen && label) {
      chosen.setAttribute("aria-label", label);
    }
  }
}

// Django's own script makes the boxes when jQuery says that the page is ready, and was there first.
window.django?.jQuery?.(() => say(document));
document.addEventListener("formset:added", (event) => say(event.target));
