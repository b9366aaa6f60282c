/// Adds the texts about identities at other providers.
import { addTexts } from "./i18n.js";
import es from "./identities.es.js";

await addTexts(es, () => import("./identities.en.js"));
