/// Adds the texts about identities at other providers.
import en from "./identities.en.js";
import es from "./identities.es.js";
import { addTexts } from "./i18n.js";

addTexts({ es, en });
