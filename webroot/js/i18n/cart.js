/// Adds the texts of the cart.
import "./buy.js";
import es from "./cart.es.js";
import { addTexts } from "./i18n.js";

await addTexts(es, () => import("./cart.en.js"));
