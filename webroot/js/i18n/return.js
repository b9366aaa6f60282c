/// Adds the texts of giving back.
import "./form.js";
import { addTexts } from "./i18n.js";
import es from "./return.es.js";

await addTexts(es, () => import("./return.en.js"));
