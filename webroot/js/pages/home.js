import "./common.js";
import "../components/zoco-categories.js";
import "../components/zoco-notice.js";
import "../components/zoco-products.js";
import "../components/zoco-search.js";
import * as api from "../lib/api.js";

const kNewest = 8;
const kBoxes = 8;

/// Fills one section of the home page, which is taken away when there is nothing to show in it.
async function fill(section, load) {
  const notice = section.querySelector("zoco-notice");
  notice.clear();
  load.skeleton();
  section.setAttribute("aria-busy", "true");
  try {
    section.hidden = !(await load.content());
  } catch (error) {
    load.clear();
    notice.error = error;
  }
  section.removeAttribute("aria-busy");
}

function start(id, load) {
  const section = document.getElementById(id);
  section.addEventListener("zoco-retry", () => fill(section, load));
  fill(section, load);
}

const categories = document.querySelector("zoco-categories");
start("puestos", {
  skeleton: () => categories.showSkeleton(kBoxes),
  clear: () => { categories.categories = []; },
  content: async () => {
    const { categorias } = await api.categories();
    categories.categories = categorias;
    return categorias.length > 0;
  },
});

const products = document.querySelector("zoco-products");
start("novedades", {
  skeleton: () => products.showSkeleton(kNewest),
  clear: () => products.clear(),
  content: async () => {
    const page = await api.products({ orden: "novedad", limite: kNewest });
    products.show(page.productos);
    return page.productos.length > 0;
  },
});
