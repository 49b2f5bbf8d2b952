// The chosen picture is shown before it is sent, where the browser can read it; the server decides what is taken in.
const place = document.querySelector("[data-picture-preview]");
const input = document.querySelector('input[type="file"]');

const show = () => {
  const [file] = input.files;
  place.replaceChildren();
  place.hidden = true;
  if (!file) return;
  const image = new Image();
  image.alt = "";
  image.className = "picture-preview";
  image.addEventListener("load", () => {
    place.hidden = false;
    URL.revokeObjectURL(image.src);
  });
  image.addEventListener("error", () => URL.revokeObjectURL(image.src));
  image.src = URL.createObjectURL(file);
  place.append(image);
};

input?.addEventListener("change", show);
