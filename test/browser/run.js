/// Runs every *.test.js here (or those whose name contains the first argument), each as `node --test` does.
/// Fails too when a file holds no test or a test was skipped.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";

const kHere = dirname(fileURLToPath(import.meta.url));

/// Whether every test of the file passed, and there was one.
async function isGood(file) {
  let passed = 0;
  let bad = 0;
  const isFileItself = ({ name }) => name === file; // how a file without tests, or one that cannot be run, is told
  const stream = run({ files: [file] });
  stream.on("test:pass", (event) => {
    if (isFileItself(event)) return;
    if (event.skip === undefined && event.todo === undefined) passed += 1;
    else bad += 1;
  });
  stream.on("test:fail", () => { bad += 1; });
  stream.compose(new spec()).pipe(process.stdout, { end: false });
  await new Promise((resolve) => { stream.on("end", resolve); });
  if (passed === 0) console.error(`No test ran in ${file}`);
  return passed > 0 && bad === 0;
}

const wanted = process.argv[2] ?? "";
const files = readdirSync(kHere).filter((name) => name.endsWith(".test.js") && name.includes(wanted));
if (files.length === 0) {
  console.error("No test file");
  process.exitCode = 1;
}
for (const name of files) if (!(await isGood(join(kHere, name)))) process.exitCode = 1;
