/// What every page has.
import "../components/zoco-footer.js";
import "../components/zoco-header.js";
import "../components/zoco-offline.js";
