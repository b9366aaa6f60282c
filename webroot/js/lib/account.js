/// Who is logged in, as GET /Usuarios/yo tells. The session itself is a cookie that no script can read; this browser only
/// remembers *that* somebody logged in, so that visitors without an account cause no question.

import { get, send } from "./api.js";
import { doubtCart, forgetCart } from "./cart-count.js";

const kKey = "zoco.con-cuenta";

/// Sent to the document after each change of who is logged in.
export const kAccountEvent = "zoco-account";

function remembered() {
  try {
    return localStorage.getItem(kKey) !== null;
  } catch {
    return true; // storage may be forbidden: then ask
  }
}

function remember(isLoggedIn) {
  try {
    if (isLoggedIn) localStorage.setItem(kKey, "1");
    else localStorage.removeItem(kKey);
  } catch {
    // as in remembered()
  }
}

let current = null;
let status = remembered() ? "asking" : "none";
let asked = null;

/// {status, account}. status: "asking", "none" (nobody is logged in), "known", "failed" (could not be asked).
/// account as the API answers it, null unless known.
export function accountState() {
  return { status, account: current };
}

function change(newStatus, account) {
  status = newStatus;
  current = account;
  if (newStatus !== "failed") remember(account !== null);
  document.dispatchEvent(new Event(kAccountEvent));
}

async function ask() {
  try {
    change("known", await get("/Usuarios/yo"));
  } catch (error) {
    if (error.kind === "login") change("none", null);
    else change("failed", null);
    return error.kind === "login" ? null : Promise.reject(error);
  }
  return current;
}

/// The account, or null when nobody is logged in. Asks once a page, and again after a failure. Throws ApiError.
export function loadAccount() {
  asked ??= ask().catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}

/// For what every page shows: asks only where somebody logged in before.
export function expectAccount() {
  if (status === "asking") loadAccount().catch(() => {});
}

/// After what changed the account on this page.
export function setAccount(account) {
  asked = Promise.resolve(account);
  change(account ? "known" : "none", account);
}

/// After logging in, before going to another page.
export function rememberLogin() {
  remember(true);
  doubtCart();
}

/// Ends the session of this browser. Throws ApiError.
export async function logOut() {
  try {
    await send("DELETE", "/Usuarios/sesion");
  } catch (error) {
    if (error.kind !== "login") throw error; // it had ended already
  }
  setAccount(null);
  forgetCart();
}

addEventListener("storage", (event) => {
  if (event.key === kKey && event.newValue === null && status === "known") setAccount(null);
});
