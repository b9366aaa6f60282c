/// The mails of a shop that keeps them as .eml files below its data folder.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const kPatienceMs = 15000;
const kPauseMs = 50;

function folder() {
  assert.ok(process.env.ZOCO_DATA, "ZOCO_DATA must say where the shop's data folder is: its mails are read there");
  return join(process.env.ZOCO_DATA, "mail");
}

function files(path) {
  let names = [];
  try {
    names = readdirSync(path, { withFileTypes: true });
  } catch {
    return []; // no mail was sent yet
  }
  return names.flatMap((entry) => (entry.isDirectory() ? files(join(path, entry.name)) : [join(path, entry.name)]))
    .filter((name) => name.endsWith(".eml"));
}

function decodeBody(body, encoding) {
  if (/base64/i.test(encoding)) return Buffer.from(body, "base64").toString("utf8");
  if (!/quoted-printable/i.test(encoding)) return body;
  const bytes = body.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function split(source) {
  const at = /\r?\n\r?\n/.exec(source);
  const head = source.slice(0, at.index).replace(/\r?\n[ \t]+/g, " ");
  const header = (name) => new RegExp(`^${name}:\\s*(.*)$`, "im").exec(head)?.[1].trim() ?? "";
  return { header, body: source.slice(at.index + at[0].length) };
}

/// The text/plain part.
function textOf(source) {
  const { header, body } = split(source);
  const [, boundary] = /boundary="?([^";]+)"?/i.exec(header("Content-Type")) ?? [];
  if (!boundary) return decodeBody(body, header("Content-Transfer-Encoding"));
  const parts = body.split(`--${boundary}`).filter((part) => /^\s*Content-/i.test(part)).map((part) => part.trimStart());
  return textOf(parts.find((part) => /text\/plain/i.test(split(part).header("Content-Type"))));
}

/// The texts of all mails to `address` so far, the oldest first.
export function mailsTo(address) {
  const mails = files(folder()).map((file) => ({ source: readFileSync(file, "latin1"), time: statSync(file).mtimeMs, file }));
  return mails.filter(({ source }) => split(source).header("To").includes(address))
    .sort((a, b) => a.time - b.time || a.file.localeCompare(b.file)).map(({ source }) => textOf(source));
}

/// Waits for the first link to `path` that was mailed to `address`.
export async function mailedLink(address, path) {
  const pattern = new RegExp(`https?://\\S+${path}\\?(?:\\w+=\\w+&)*ficha=[\\w-]+`);
  for (let waited = 0; waited < kPatienceMs; waited += kPauseMs) {
    const found = mailsTo(address).map((text) => pattern.exec(text)?.[0]).find(Boolean);
    if (found) return found;
    await new Promise((resolve) => { setTimeout(resolve, kPauseMs); });
  }
  return assert.fail(`No link to ${path} for ${address} in ${folder()}: ${JSON.stringify(mailsTo(address))}`);
}
