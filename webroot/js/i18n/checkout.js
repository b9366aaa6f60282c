/// Adds the texts of the checkout.
import "./buy.js";
import es from "./checkout.es.js";
import { addTexts } from "./i18n.js";
import "./pay.js";

await addTexts(es, () => import("./checkout.en.js"));
