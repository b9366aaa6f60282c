/// Adds the texts about what the shop keeps about people.
import { addTexts } from "./i18n.js";
import es from "./privacy.es.js";

await addTexts(es, () => import("./privacy.en.js"));
