/// Adds the texts of every form.
import es from "./form.es.js";
import { addTexts } from "./i18n.js";

await addTexts(es, () => import("./form.en.js"));
