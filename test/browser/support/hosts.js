/// More hosts for a test, each a program of its own with its own data, which ends with the test file.
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

const kTries = 300;

/// A host with these settings ("plugins.pagos.enabled": "true"); its address as browsers call it. `secrets` become files
/// that only their owner reads: { "plugins.pagos.redsys_clave_file": "..." }.
export async function startHost(settings, secrets = {}) {
  const folder = mkdtempSync(join(tmpdir(), "zoco-host-"));
  const defines = { "host.listen": "127.0.0.1:0", "host.admin_listen": "", "data.dir": join(folder, "data"), "log.file": join(folder, "log"), "log.access_file": join(folder, "access"), ...settings };
  for (const [index, [key, text]] of Object.entries(secrets).entries()) {
    defines[key] = join(folder, `secret-${index}`);
    writeFileSync(defines[key], text);
    chmodSync(defines[key], 0o400);
  }
  const ready = join(folder, "ready");
  const words = Object.entries(defines).flatMap(([key, value]) => ["-D", `${key}=${value}`]);
  const host = spawn(process.env.ZOCO_PROGRAM, ["serve", ...words, "--ready-file", ready], { stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise((resolve) => { host.once("exit", resolve); });
  after(async () => {
    host.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  for (let tries = 0; !existsSync(ready) || readFileSync(ready, "utf8") === ""; tries += 1) {
    if (tries === kTries || host.exitCode !== null) throw new Error("the host does not serve");
    await pause(100);
  }
  return readFileSync(ready, "utf8").trim().replace(/\/$/, "");
}
