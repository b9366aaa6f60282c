import { html, render } from "../lib/html.js";
import { hueClass, initials } from "../lib/initials.js";

/// A product's picture in a square box, or a tile with the name's initials when it has none or it does not load.
/// Properties: `picture = {url, name, alt, isFirst}`; `alt` is empty where the name stands beside the picture,
/// `isFirst` for pictures seen without scrolling (fetched at once).
class ZocoPicture extends HTMLElement {
  #picture = null;

  set picture(picture) {
    this.#picture = picture;
    if (picture.url) this.#showImage();
    else this.#showTile();
  }

  #showImage() {
    const { url, alt = "", isFirst = false } = this.#picture;
    render(this, html`<img class="picture" src="${url}" alt="${alt}" width="600" height="600" decoding="async"
      loading="${isFirst ? "eager" : "lazy"}">`);
    this.firstElementChild.addEventListener("error", () => this.#showTile(), { once: true });
  }

  #showTile() {
    const { name } = this.#picture;
    render(this, html`
      <span class="tile ${hueClass(name)}" aria-hidden="true">
        <svg class="tile-pattern" viewBox="0 0 120 120" width="120" height="120" fill="none" stroke="currentColor"
          stroke-width="1.5">
          <path d="M60 6 76 22 98 22 98 44 114 60 98 76 98 98 76 98 60 114 44 98 22 98 22 76 6 60 22 44 22 22 44 22Z"/>
          <path d="M60 18 72 30 90 30 90 48 102 60 90 72 90 90 72 90 60 102 48 90 30 90 30 72 18 60 30 48 30 30 48 30Z"/>
          <path d="M0 16 16 0M104 0l16 16M0 104l16 16M104 120l16-16"/>
        </svg>
        <span class="tile-letters">${initials(name)}</span>
      </span>`);
  }
}

customElements.define("zoco-picture", ZocoPicture);
