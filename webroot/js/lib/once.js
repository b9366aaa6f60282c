/// What must happen once, however often it is sent: the same Idempotency-Key with the same body, until the shop has said
/// what became of it.

const kTries = 3;
const kPauseMs = 800;
const kUnknown = ["offline", "unreachable", "timeout", "failed"];

/// For the Idempotency-Key of a request.
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/// Whether after this error nobody knows if it happened.
export function isUnknown({ kind, slug }) {
  return kUnknown.includes(kind) || slug === "idempotency-in-flight";
}

function pause(ms) {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}

/// Sends by `post(body, key)`, again while nobody knows what became of it. Throws what the last try threw.
export async function sendOnce(post, body, key = newKey()) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await post(body, key);
    } catch (error) {
      if (!isUnknown(error) || tries === kTries) throw error;
      await pause(kPauseMs * tries);
    }
  }
}
