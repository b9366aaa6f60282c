import { onLanguage } from "../i18n/i18n.js";

/// Base of our custom elements. They draw into themselves (no shadow root: one stylesheet, one focus order).
/// A subclass implements `draw()`, called when connected, when its data changes (`this.update()`) and when the
/// language changes. Listeners made with `listen()` go away when the element leaves the page.
export class ZocoElement extends HTMLElement {
  #connected = null;

  connectedCallback() {
    this.#connected = new AbortController();
    onLanguage(() => this.update(), this.#connected.signal);
    this.connected();
    this.update();
  }

  disconnectedCallback() {
    this.#connected.abort();
    this.#connected = null;
  }

  /// For listeners; called once per connection, before the first `draw()`.
  connected() {}

  draw() {}

  /// Draws again when on the page. Focus stays on the control with the same `data-focus` name.
  update() {
    if (!this.#connected) return;
    const active = this.contains(document.activeElement) ? document.activeElement : null;
    const caret = active?.selectionStart ?? null;
    this.draw();
    const again = active?.dataset.focus && this.querySelector(`[data-focus="${CSS.escape(active.dataset.focus)}"]`);
    if (!again) return;
    again.focus({ preventScroll: true });
    if (caret !== null) again.setSelectionRange?.(caret, caret); // somebody is typing
  }

  listen(target, type, handler) {
    target.addEventListener(type, handler, { signal: this.#connected.signal });
  }

  /// Tells the page something happened; `false` when a listener took care of it (preventDefault).
  emit(type, detail) {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, cancelable: true }));
  }
}
