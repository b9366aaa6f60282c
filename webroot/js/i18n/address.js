/// Adds the texts of the fields of an address.
import es from "./address.es.js";
import { addTexts } from "./i18n.js";

await addTexts(es, () => import("./address.en.js"));
