/// Says something to people who listen to the page: the live region #anuncio stands in every page's HTML.

const kPauseMs = 100;
let timer = 0;

export function announce(text) {
  const region = document.getElementById("anuncio");
  region.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(() => { region.textContent = text; }, kPauseMs);
}
