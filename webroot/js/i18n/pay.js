/// Adds the texts of paying.
import "./form.js";
import { addTexts } from "./i18n.js";
import es from "./pay.es.js";

await addTexts(es, () => import("./pay.en.js"));
