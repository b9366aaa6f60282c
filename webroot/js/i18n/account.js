/// Adds the texts of the pages about accounts.
import en from "./account.en.js";
import es from "./account.es.js";
import { addTexts } from "./i18n.js";

addTexts({ es, en });
