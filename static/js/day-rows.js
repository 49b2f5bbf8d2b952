// As soon as a conference has both dates, each day gets its row. The server writes them, with what was typed so far;
// where it has none to give (half a date), the rows there are stay.
const place = document.querySelector("[data-day-rows]");
const form = place?.closest("form");

const typedSoFar = () => {
  const parts = [...new FormData(form)].filter(([name]) => /^(starts_on|ends_on|days-.*)$/.test(name));
  return new URLSearchParams(parts);
};

let latest = 0;

const fill = async () => {
  const mine = ++latest;
  try {
    const response = await fetch(`${place.dataset.dayRows}?${typedSoFar()}`, {
      headers: { "X-Requested-With": "fetch" },
    });
    if (response.status !== 200) return;
    const rows = await response.text();
    if (mine === latest) place.innerHTML = rows;
  } catch {
    // No connection: saving works without rows, and the next page has them.
  }
};

form?.addEventListener("change", (event) => {
  if (["starts_on", "ends_on"].includes(event.target.name)) fill();
});
