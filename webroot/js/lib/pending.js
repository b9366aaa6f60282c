import { isUnknown, newKey, sendOnce } from "./once.js";

const kMomentMs = 15 * 60 * 1000;

/// What is sent once (see once.js) and has to be found again after the page was loaded anew: this tab keeps it under `name`
/// until it is known what became of it.
export class Pending {
  #name;

  constructor(name) {
    this.#name = name;
  }

  /// {body, key, at} of what was sent a moment ago without an answer, or null.
  get open() {
    try {
      const sent = JSON.parse(sessionStorage.getItem(this.#name));
      return sent && Date.now() - sent.at < kMomentMs ? sent : null;
    } catch {
      return null;
    }
  }

  #keep(sent) {
    try {
      if (sent) sessionStorage.setItem(this.#name, JSON.stringify(sent));
      else sessionStorage.removeItem(this.#name);
    } catch {
      // storage may be forbidden: then it is not found again
    }
  }

  /// Sends what is open, as it was; else `body`.
  async send(post, body) {
    const sent = this.open ?? { body, key: newKey(), at: Date.now() };
    this.#keep(sent);
    try {
      const answer = await sendOnce(post, sent.body, sent.key);
      this.#keep(null);
      return answer;
    } catch (error) {
      if (!isUnknown(error)) this.#keep(null);
      throw error;
    }
  }
}
