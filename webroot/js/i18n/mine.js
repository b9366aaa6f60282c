/// Adds the texts of the account's own page.
import { addTexts } from "./i18n.js";
import es from "./mine.es.js";

await addTexts(es, () => import("./mine.en.js"));
