/// Adds the texts of the pages about accounts.
import es from "./account.es.js";
import "./form.js";
import { addTexts } from "./i18n.js";

await addTexts(es, () => import("./account.en.js"));
