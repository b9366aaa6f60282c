/// Adds the texts of the account's own page.
import { addTexts } from "./i18n.js";
import en from "./mine.en.js";
import es from "./mine.es.js";

addTexts({ es, en });
