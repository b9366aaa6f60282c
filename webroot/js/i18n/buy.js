/// Adds the texts of buying that several pages have.
import es from "./buy.es.js";
import { addTexts } from "./i18n.js";

await addTexts(es, () => import("./buy.en.js"));
