import "./common.js";
import "../components/zoco-search.js";
