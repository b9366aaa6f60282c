/// What a browser says it is, in two words for people: {browser, system}, or null when it says nothing that we know.
/// The order counts: most browsers also name those they wish to be taken for.

const kBrowsers = [
  [/\bEdgA?\//, "Edge"], [/\bOPR\//, "Opera"], [/\bSamsungBrowser\//, "Samsung Internet"], [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome|Chromium)\//, "Chrome"], [/\bSafari\//, "Safari"], [/^curl\//, "curl"],
];
const kSystems = [
  [/\b(?:iPhone|iPad)\b/, "iOS"], [/\bAndroid\b/, "Android"], [/\bWindows\b/, "Windows"], [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"], [/\bLinux\b/, "Linux"],
];

const firstOf = (list, text) => list.find(([pattern]) => pattern.test(text))?.[1];

export function describeDevice(agent) {
  const browser = firstOf(kBrowsers, agent ?? "");
  const system = firstOf(kSystems, agent ?? "");
  return browser || system ? { browser: browser ?? "", system: system ?? "" } : null;
}
