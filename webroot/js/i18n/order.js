/// Adds the texts of orders that are made.
import { addTexts } from "./i18n.js";
import es from "./order.es.js";

await addTexts(es, () => import("./order.en.js"));
