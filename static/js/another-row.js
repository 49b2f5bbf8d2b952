// One more row of a formset without a round trip: the server's empty row stands in a <template> inside [data-rows].
// Without a script the same button sends the form and gets it back with a row more.
for (const button of document.querySelectorAll("[data-another-row]")) button.type = "button";

document.addEventListener("click", (event) => {
  const rows = event.target.closest("[data-another-row]")?.closest("[data-rows]");
  if (!rows) return;
  const total = rows.querySelector(`[name="${rows.dataset.rows}-TOTAL_FORMS"]`);
  const most = rows.querySelector(`[name="${rows.dataset.rows}-MAX_NUM_FORMS"]`);
  if (Number(total.value) >= Number(most.value)) return;
  const row = rows.querySelector("template").content.cloneNode(true);
  for (const part of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      const value = part.getAttribute(name);
      if (value) part.setAttribute(name, value.replace("__prefix__", total.value));
    }
  }
  total.value = Number(total.value) + 1;
  rows.querySelector(".rows").append(row);
  rows.querySelector(".rows > :last-child :is(input:not([type=hidden]), select, textarea)").focus();
});
