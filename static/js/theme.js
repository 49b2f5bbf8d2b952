// Light, dark or as the device. A classic script in <head>, so that the page is never painted in the wrong colours.
(() => {
  const read = () => {
    try {
      return localStorage.getItem("lanyard-theme") || "auto";
    } catch {
      return "auto";
    }
  };

  const apply = (choice) => {
    if (choice === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
  };

  const show = (group) => {
    for (const button of group.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === read()));
    }
  };

  const choose = (group, choice) => {
    try {
      localStorage.setItem("lanyard-theme", choice);
    } catch {
      // Storage is refused: the choice holds for this page.
    }
    apply(choice);
    show(group);
  };

  apply(read());
  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-theme-switch]")) {
      group.hidden = false;
      show(group);
      group.addEventListener("click", (event) => {
        const button = event.target.closest("[data-theme-choice]");
        if (button) choose(group, button.dataset.themeChoice);
      });
    }
  });
})();
