/// Adds the texts about what the shop keeps about people.
import { addTexts } from "./i18n.js";
import en from "./privacy.en.js";
import es from "./privacy.es.js";

addTexts({ es, en });
