const kLongEnoughMs = 60000;

/// Lets the browser save a blob as a file.
export function keepFile(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), kLongEnoughMs);
}
